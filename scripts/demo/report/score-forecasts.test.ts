import { expect, test } from '@jest/globals';
import type { FunctionWindow } from '../../../packages/contracts/src/index.ts';
import { ForecastPublished } from '../../../packages/contracts/src/index.ts';
import { scoreForecasts } from './score-forecasts.ts';

const AT = 1_800_000_000_000;
const STEP_MS = 300_000;

const minute = (at: number, invocations: number) => ({ start: AT + at * 60_000, invocations }) as FunctionWindow;
const forecast = (step: number, mean: number, [lower, upper]: readonly [number, number]) => ({
  ...ForecastPublished.example,
  startsAt: AT + step * STEP_MS,
  stepMs: STEP_MS,
  mean: [mean, 999],
  bands: [{ levelPct: 95, lower: [lower], upper: [upper] }],
});
const WINDOWS = Array.from({ length: 15 }, (_, at) => minute(at, at < 5 ? 10 : 20));

test('the first step of each forecast is held against what came, and against "as before"', () => {
  const figures = scoreForecasts([forecast(1, 90, [80, 110]), forecast(2, 120, [110, 130])], WINDOWS, {
    from: AT,
    until: AT + 15 * 60_000,
  });

  expect(figures.points.map(({ mean, actual }) => [mean, actual])).toEqual([
    [90, 100],
    [120, 100],
  ]);
  expect(figures).toMatchObject({ wape: 30 / 200, naiveWape: 50 / 200, coverage95Pct: 50 });
});

test('a forecast whose time is not over, or was before, says nothing', () => {
  expect(
    scoreForecasts([forecast(0, 90, [80, 110])], WINDOWS, { from: AT + 1, until: AT + 17 * 60_000 }).points,
  ).toEqual([]);
  expect(scoreForecasts([forecast(3, 90, [80, 110])], WINDOWS, { from: AT, until: AT + 17 * 60_000 }).points).toEqual(
    [],
  );
});
