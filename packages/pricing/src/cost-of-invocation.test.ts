import { describe, expect, test } from '@jest/globals';
import { costOfInvocation } from './cost-of-invocation.ts';

/** 16,000 requests of 200 ms at 1,024 MB: the day of the workshop's application. */
const REQUESTS_PER_DAY = 16_000;

describe('costOfInvocation', () => {
  test.each([
    ['x86_64', 0.0565],
    ['arm64', 0.0459],
  ] as const)('a day of 16,000 requests of 200 ms at 1,024 MB on %s costs $%d', (architecture, usd) => {
    const each = costOfInvocation({ billedDurationMs: 200, memorySizeMb: 1024, architecture });
    expect(REQUESTS_PER_DAY * each).toBeCloseTo(usd, 4);
  });

  test('1 % cold starts of 500 ms make it $0.0579', () => {
    const warm = costOfInvocation({ billedDurationMs: 200, memorySizeMb: 1024, architecture: 'x86_64' });
    const cold = costOfInvocation({ billedDurationMs: 700, memorySizeMb: 1024, architecture: 'x86_64' });
    expect(REQUESTS_PER_DAY * (0.99 * warm + 0.01 * cold)).toBeCloseTo(0.0579, 4);
  });

  test('takes the dearer architecture where it is not known', () => {
    const invocation = { billedDurationMs: 1234, memorySizeMb: 512 };
    expect(costOfInvocation(invocation)).toBe(costOfInvocation({ ...invocation, architecture: 'x86_64' }));
    expect(costOfInvocation(invocation)).toBeGreaterThan(costOfInvocation({ ...invocation, architecture: 'arm64' }));
  });
});
