import { expect, test } from '@jest/globals';
import { bestAt, weightsAt } from './recent-weights.ts';

test('the nearer a way was, the more it says; what was far off says nothing', () => {
  const weights = weightsAt([[10], [11], [15], [17]], 0);

  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  expect(weights[1]! / weights[0]!).toBeCloseTo((10 / 11) ** 4);
  expect(weights[3]).toBe(0);
});

test('a way that was exact speaks alone, and two of them alike', () => {
  expect(weightsAt([[0], [1], [2]], 0)).toEqual([1, 0, 0]);
  expect(weightsAt([[0], [1], [0]], 0)).toEqual([0.5, 0, 0.5]);
});

test('the steps beside a step are looked at as well', () => {
  const errors = [
    [9, 1, 9],
    [4, 2, 4],
  ];

  expect(weightsAt(errors, 1)[1]).toBeGreaterThan(0.5);
  expect(bestAt(errors, 1)).toBe(0);
});
