import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { createScenario, Twin } from '@lamplighter/simulator';
import { findingWatch } from './finding-watch.ts';
import { twinContext } from './twin-context.ts';

const FINDING = { class: 'bad-deploy', openedAt: 0, resource: { name: 'work' } } as Finding;

/** What a playbook is shown of the function after two minutes, where a version comes after the first. */
function settingsWith(weightPct: number) {
  const twin = new Twin(
    createScenario({
      name: 'released',
      duration: '3m',
      traffic: [{ to: 'work', curve: { kind: 'constant', rate: '1/s' } }],
      functions: { work: {} },
      faults: [{ kind: 'bad-deploy', target: 'work', at: '1m', weightPct }],
    }),
  );
  twin.advanceTo(twin.now + 120_000);
  return twinContext(FINDING, findingWatch(), twin.state()).function;
}

test.each([
  [100, { version: '2', weights: {} }],
  [10, { version: '1', weights: { 2: 0.1 } }],
])('a release of %d %% is shown as its alias', (weightPct, alias) => {
  expect(settingsWith(weightPct)).toMatchObject({ aliases: [{ name: 'live', ...alias }], versions: ['2', '1'] });
});
