import { expect, test } from '@jest/globals';
import { tickAt } from '../tick.ts';
import { AdaptingCapacity } from './adapting-capacity.ts';

test('a capacity that adapts takes twice its peak once that is old enough, and never more than it may', () => {
  const capacity = new AdaptingCapacity({ first: 100, most: 1_000, growth: 2, adaptMs: 120_000, tickMs: 1_000 });
  const taken = Array.from({ length: 1_000 }, (_, second) => capacity.take(tickAt(second, 1_000), 5_000));
  expect([0, 100, 200, 400, 999].map((second) => taken[second])).toEqual([100, 100, 200, 400, 1_000]);
});
