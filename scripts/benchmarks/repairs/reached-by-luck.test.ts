import { expect, test } from '@jest/globals';
import { reachedByLuck } from './reached-by-luck.ts';

test('of one call the percentile is that call', () => {
  expect(reachedByLuck(1)).toBeCloseTo(0.99, 6);
});

test('of twenty calls it is the second slowest', () => {
  const share = reachedByLuck(20);

  expect(share).toBeCloseTo(0.992, 3);
  expect(share ** 20 + 20 * share ** 19 * (1 - share)).toBeCloseTo(0.99, 6);
});

test('of many calls luck takes it hardly further than itself', () => {
  expect(reachedByLuck(5_000)).toBeLessThan(0.96);
  expect(reachedByLuck(5_000)).toBeGreaterThan(0.95);
});
