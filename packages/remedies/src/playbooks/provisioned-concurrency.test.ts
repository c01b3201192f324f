import { expect, test } from '@jest/globals';
import type { FunctionSettings, RemedyContext } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { provisionedConcurrency } from './provisioned-concurrency.ts';

const alias = (name: string, version: string) => ({ name, version, weights: {} });

function qualifierFor(aliases: FunctionSettings['aliases'], called: string): string | undefined {
  const context: RemedyContext = {
    finding: aFinding('cold-starts'),
    now: 0,
    traffic: { ...CALM, coldStartShare: 0.3, byVersion: [{ version: called, calls: 100, failures: 0 }] },
    function: aFunction({ aliases, versions: ['8', '7'] }),
  };
  const change = provisionedConcurrency.propose(context)?.change;
  return change?.kind === 'lambda-provisioned-concurrency' ? change.qualifier : undefined;
}

test.each([
  ['the alias that is called, not the first one', [alias('beta', '8'), alias('live', '7')], '7', 'live'],
  ['nothing where several could be called', [alias('beta', '7'), alias('live', '7')], '7', undefined],
  ['nothing where $LATEST is called', [alias('live', '7')], '$LATEST', undefined],
  ['nothing where a version is called by its number', [alias('live', '7')], '8', undefined],
])('environments are kept ready for %s', (_, aliases, called, qualifier) => {
  expect(qualifierFor(aliases, called)).toBe(qualifier);
});
