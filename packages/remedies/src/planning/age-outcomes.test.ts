import { expect, test } from '@jest/globals';
import { agedOutcomes } from './age-outcomes.ts';

const MONTH_MS = 30 * 86_400_000;

test.each([
  [0, 8],
  [MONTH_MS, 4],
  [2 * MONTH_MS, 2],
  // Another clock may be ahead.
  [-MONTH_MS, 8],
])('outcomes of %d ms ago count %d', (agoMs, undone) => {
  const aged = agedOutcomes({ kept: 2, undone: 8, at: 10 * MONTH_MS - agoMs }, 10 * MONTH_MS);

  expect(aged.undone).toBeCloseTo(undone);
  expect(aged.kept).toBeCloseTo(undone / 4);
});

test('outcomes of an earlier version, which did not say when, count as a month old', () => {
  expect(agedOutcomes({ kept: 0, undone: 4 }, MONTH_MS)).toEqual({ kept: 0, undone: 2 });
});
