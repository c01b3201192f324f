import { describe, expect, test } from '@jest/globals';
import { crossValidate } from './cross-validate.ts';
import { croston } from './croston.ts';
import { fillMissing } from './fill-missing.ts';
import { FORECASTERS } from './forecasters.ts';
import { movingMean } from './moving-mean.ts';
import { ridgeRegression } from './ridge-regression.ts';
import { seasonalDecomposition } from './seasonal-decomposition.ts';
import { smooth, smoothAll } from './smoothing-state.ts';
import { solveRidge } from './solve-ridge.ts';
import { teunterSyntetosBabai } from './teunter-syntetos-babai.ts';
import { theta } from './theta.ts';

describe('the algorithms', () => {
  test('solveRidge solves a system by hand: 4x + 2y = 2, 2x + 3y = 5', () => {
    const solution = solveRidge(Float64Array.of(4, 0, 2, 3), Float64Array.of(2, 5), Float64Array.of(0, 0));

    expect(solution[0]).toBeCloseTo(-0.5, 12);
    expect(solution[1]).toBeCloseTo(2, 12);
  });

  test('ridge regression learns a recursion', () => {
    const values = [1, 0];
    while (values.length < 80) values.push(1.6 * values.at(-1)! - 0.99 * values.at(-2)!);

    const model = ridgeRegression.fit(values.slice(0, 70), []);

    ridgeRegression.mean(model, 3).forEach((point, step) => {
      expect(point).toBeCloseTo(values[70 + step]!, 1);
    });
  });

  test('croston of a 6 every third point is 0.95 * 6 / 3', () => {
    const model = croston.fit(
      Array.from({ length: 90 }, (_, at) => (at % 3 === 2 ? 6 : 0)),
      [],
    );

    expect(croston.mean(model, 1)[0]).toBeCloseTo(1.9, 12);
  });

  test('teunter-syntetos-babai dies out in silence', () => {
    const busy = teunterSyntetosBabai.fit([0, 4, 0, 4, 0, 4], []);
    let quiet = busy;
    for (let at = 0; at < 100; at++) quiet = teunterSyntetosBabai.update(quiet, 0);

    expect(teunterSyntetosBabai.mean(quiet, 1)[0]).toBeLessThan(0.01 * teunterSyntetosBabai.mean(busy, 1)[0]!);
  });

  test('theta goes on with half of a straight trend', () => {
    const model = theta.fit(
      Array.from({ length: 50 }, (_, at) => 3 * at),
      [],
    );

    const [first, second] = theta.mean(model, 2);
    expect(second! - first!).toBeCloseTo(1.5, 9);
  });

  test('the decomposition finds two seasons that are there', () => {
    const value = (at: number): number => 50 + 10 * Math.sin((2 * Math.PI * at) / 4) + (at % 12 < 6 ? 5 : -5);
    const values = Array.from({ length: 120 }, (_, at) => value(at));

    const mean = seasonalDecomposition.mean(seasonalDecomposition.fit(values, [4, 12]), 12);

    mean.forEach((point, step) => {
      expect(Math.abs(point - value(120 + step))).toBeLessThan(1.5);
    });
  });

  test('smoothing one by one is smoothing all at once', () => {
    const start = { level: 5, trend: 1, seasonal: [1, -1], alpha: 0.3, beta: 0.1, gamma: 0.2, phi: 0.9, position: 0 };
    const values = [5, 7, 4, 8, 3];

    const { state } = smoothAll(start, values);

    expect(values.reduce(smooth, start)).toEqual(state);
  });

  test('movingMean weighs the ends of an even window half', () => {
    expect(movingMean([1, 2, 3, 4, 5, 6], 4)[2]).toBeCloseTo((0.5 * 1 + 2 + 3 + 4 + 0.5 * 5) / 4, 12);
  });

  test('fillMissing takes a season before, else a line, else the nearest', () => {
    expect(fillMissing([null, 1, null, 3, null], 1)).toEqual([1, 2, 3, 3]);
    expect(fillMissing([1, 5, null, null, 2], 2)).toEqual([1, 5, 1, 5, 2]);
  });

  test('crossValidate of the naive forecaster counts what is there by hand', () => {
    const naive = FORECASTERS.find(({ name }) => name === 'naive')!;

    const result = crossValidate(naive, [1, 2, 4, null, 8], { seasonLengths: [], first: 2, horizon: 1 });

    expect(result).toEqual({ origins: 3, errorByStep: [3], wape: 6 / 12, coverage: [] });
  });
});
