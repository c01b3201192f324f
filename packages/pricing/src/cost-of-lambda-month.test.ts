import { describe, expect, test } from '@jest/globals';
import { costOfLambdaMonth } from './cost-of-lambda-month.ts';
import { tieredCost } from './tiered-cost.ts';

describe('costOfLambdaMonth', () => {
  test('is nothing inside the free tier, and list price without it', () => {
    const month = { requests: 1_000_000, gbSeconds: 400_000, architecture: 'x86_64' } as const;
    expect(costOfLambdaMonth({ ...month, freeTier: true })).toBe(0);
    expect(costOfLambdaMonth(month)).toBeCloseTo(0.2 + 6.66668, 5);
  });

  test('sells the GB-seconds beyond six billion at the second price, beyond fifteen at the third', () => {
    const usd = costOfLambdaMonth({ requests: 0, gbSeconds: 16e9, architecture: 'x86_64' });
    expect(usd).toBeCloseTo(6e9 * 1.66667e-5 + 9e9 * 1.5e-5 + 1e9 * 1.33334e-5, 4);
  });
});

describe('tieredCost', () => {
  test('refuses a quantity below zero', () => {
    expect(() => tieredCost(-1, [])).toThrow('tieredCost requires a quantity of zero or more, not -1.');
  });
});
