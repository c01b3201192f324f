import { expect, test } from '@jest/globals';
import { createScenario } from '../scenario/parse-scenario.ts';
import { oneFunction } from '../testing/scenarios.ts';
import { digestOf } from '../testing/twin-digest.ts';
import { Twin } from './twin.ts';

const FAULTS = [
  { kind: 'error-rate' as const, target: 'work', at: '1m', until: '2m', pct: 30 },
  { kind: 'cold-start-storm' as const, target: 'work', at: '2m', until: '3m' },
  { kind: 'bad-deploy' as const, target: 'work', at: '200s', until: '6m', errorPct: 30, durationFactor: 2 },
];

/**
 * What is told of the twin may grow; what it does may not change with it, or figures of yesterday compare with none of today. A change that is meant to change what the
 * twin does writes its own digests here.
 */
test.each([
  ['one by one', '10/s', 100, '31311eb387ba4bd4'],
  ['one by one, a tenth of them on the new version', '10/s', 10, '36c85669e9973d89'],
  ['together', '300/s', 100, '97d013b7b8970336'],
  ['together, a tenth of them on the new version', '300/s', 10, '42f42873d8f038ef'],
])('a seed gives %s what it gave', (_, rate, weightPct, digest) => {
  const faults = FAULTS.map((fault) => (fault.kind === 'bad-deploy' ? { ...fault, weightPct } : fault));
  const spec = { waitMs: 60, spread: 0.4, errorPct: 1 };
  const twin = new Twin(createScenario(oneFunction({ rate, duration: '8m', spec, rest: { seed: 5, faults } })));

  expect(digestOf(twin, twin.advanceTo(twin.endsAt))).toBe(digest);
});
