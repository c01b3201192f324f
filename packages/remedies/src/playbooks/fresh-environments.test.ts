import { expect, test } from '@jest/globals';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { freshEnvironments } from './fresh-environments.ts';

const queue = (visibilityTimeoutS?: number) => ({
  uuid: 'm',
  sourceArn: 'arn:aws:sqs:us-east-1:1:jobs',
  enabled: true,
  batchSize: 10,
  ...(visibilityTimeoutS !== undefined && { visibilityTimeoutS }),
});

test.each<[string, number | undefined, number, number, boolean]>([
  ['leaves a second', 180, 400, 31, false],
  ['leaves none', 30, 400, 29, false],
  ['cannot be read', undefined, 400, 29, false],
  ['leaves none, where calls take as long as they may', 30, 29_500, 31, true],
])('fresh environments where a queue %s', (_, visibilityTimeoutS, maxMs, timeoutS, isRefused) => {
  const proposal = freshEnvironments.propose({
    finding: aFinding('slow-down'),
    now: 0,
    traffic: { ...CALM, maxMs },
    function: aFunction({ timeoutS: 30, mappings: [queue(visibilityTimeoutS)] }),
  });

  expect(proposal?.change).toMatchObject({ timeoutS });
  expect(proposal?.obstacle !== undefined).toBe(isRefused);
});

test.each<[string, number, boolean]>([
  ['one call in ten starts one', 0.1, true],
  ['one call in three starts one: they are new as it is', 0.36, false],
])('fresh environments where %s', (_, coldStartShare, isProposed) => {
  const proposal = freshEnvironments.propose({
    finding: aFinding('slow-down'),
    now: 0,
    traffic: { ...CALM, coldStartShare },
    function: aFunction({ timeoutS: 30 }),
  });

  expect(proposal !== undefined).toBe(isProposed);
});

test('what came with a setting is as slow in new environments', () => {
  const cause = { kind: 'configuration-change' as const, name: 'memorySize', evidence: [] };
  const proposalFor = (causes: (typeof cause)[]) =>
    freshEnvironments.propose({
      finding: { ...aFinding('slow-down'), causes },
      now: 0,
      traffic: CALM,
      function: aFunction({ timeoutS: 30 }),
    });
  expect(proposalFor([])).toBeDefined();
  expect(proposalFor([cause])).toBeUndefined();
});
