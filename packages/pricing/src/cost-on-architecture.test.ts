import { expect, test } from '@jest/globals';
import { costOfInvocation } from './cost-of-invocation.ts';
import { costOnArchitecture } from './cost-on-architecture.ts';

test.each(['x86_64', 'arm64'] as const)(
  'calls that were priced as x86_64 cost on %s what they cost there',
  (architecture) => {
    const call = { billedDurationMs: 200, memorySizeMb: 1_024 };
    const usd = 1_000 * costOfInvocation({ ...call, architecture: 'x86_64' });

    expect(costOnArchitecture({ usd, invocations: 1_000 }, architecture)).toBeCloseTo(
      1_000 * costOfInvocation({ ...call, architecture }),
      12,
    );
  },
);

test('what costs less than its requests is all requests', () => {
  expect(costOnArchitecture({ usd: 1e-9, invocations: 1_000 }, 'arm64')).toBe(1e-9);
});
