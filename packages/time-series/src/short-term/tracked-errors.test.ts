import { expect, test } from '@jest/globals';
import { errorsNow, HALF_LIFE, nothingTracked, type TrackedErrors, trackPoint } from './tracked-errors.ts';

/** One way that says [100, 200] before each of these points. */
const after = (...values: number[]): TrackedErrors =>
  values.reduce((tracked, value) => trackPoint(tracked, [[100, 200]], value), nothingTracked(1, 2));
const sumOf = ({ sums }: TrackedErrors, step: number): number => sums.reduce((sum, [way]) => sum + way![step]!, 0);

test('a point is held against what was said of it one step and two steps before', () => {
  const tracked = after(110, 130);

  expect(sumOf(tracked, 0)).toBeCloseTo(10 * 0.5 ** (1 / HALF_LIFE) + 30);
  expect(sumOf(tracked, 1)).toBe(70);
});

test('an error counts half after a half-life', () => {
  const tracked = after(110, ...Array<number>(HALF_LIFE).fill(100));

  expect(sumOf(tracked, 0)).toBeCloseTo(5);
});

test('an error of the phase that comes next counts more than one of another phase', () => {
  const wrongInFirst = after(...Array<number[]>(20).fill([150, 100]).flat());

  expect(wrongInFirst.phase).toBe(0);
  expect(errorsNow(wrongInFirst)[0]![0]).toBeGreaterThan(
    2 * errorsNow(trackPoint(wrongInFirst, [[100, 200]], 150))[0]![0]!,
  );
});
