import { expect, test } from '@jest/globals';
import type { FunctionSettings } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { preWarm, WARM_TAG } from './pre-warm.ts';

function warmed(aliases: FunctionSettings['aliases'], version: string) {
  const proposal = preWarm.propose({
    finding: aFinding('cold-starts'),
    now: 0,
    traffic: { ...CALM, peakConcurrency: 4, byVersion: [{ version, calls: 100, failures: 0 }] },
    function: aFunction({ aliases, tags: { [WARM_TAG]: 'allowed' } }),
  });
  return proposal?.change;
}

const alias = (name: string, version: string, weights: Readonly<Record<string, number>> = {}) => ({
  name,
  version,
  weights,
});

test.each<[string, FunctionSettings['aliases'], string, string | undefined]>([
  ['$LATEST, where it is called', [alias('live', '7')], '$LATEST', undefined],
  ['the alias that is called', [alias('beta', '8'), alias('live', '7')], '7', 'live'],
  ['the version itself, where several aliases point to it', [alias('beta', '7'), alias('live', '7')], '7', '7'],
  ['the version itself, where its alias shares calls', [alias('live', '7', { 8: 0.1 })], '7', '7'],
  ['the version itself, where none points to it', [], '7', '7'],
])('environments are started of %s', (_, aliases, version, qualifier) => {
  expect(warmed(aliases, version)).toEqual({
    kind: 'lambda-warm',
    functionName: 'rooms',
    environments: 4,
    ...(qualifier !== undefined && { qualifier }),
  });
});
