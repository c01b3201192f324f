import type { FunctionWindow } from '../../../packages/contracts/src/index.ts';
import type { PublishedForecast } from '../story/forecasts.ts';

/** Calls of the account in five minutes: what was foreseen, and what came. */
export interface ForecastPoint {
  readonly startsAt: number;
  readonly stepMs: number;
  readonly mean: number;
  /** 95 % band. */
  readonly lower: number;
  readonly upper: number;
  readonly actual: number;
}

export interface ForecastFigures {
  readonly points: readonly ForecastPoint[];
  /** Sum of |error| / sum of |truth|, and the same for "as many as in the five minutes before". */
  readonly wape: number;
  readonly naiveWape: number;
  readonly coverage95Pct: number;
}

/** The first step of each forecast against what the audit says came. Only steps that lie in the time asked for, and are over, count. Pure. */
export function scoreForecasts(
  made: readonly PublishedForecast[],
  windows: readonly FunctionWindow[],
  { from, until }: { readonly from: number; readonly until: number },
): ForecastFigures {
  const calls = (from: number, to: number): number =>
    windows.filter(({ start }) => start >= from && start < to).reduce((sum, { invocations }) => sum + invocations, 0);
  const points = made
    .filter(({ startsAt, stepMs }) => startsAt >= from && startsAt + stepMs <= until)
    .map(({ startsAt, stepMs, mean, bands }): ForecastPoint => {
      const band = bands.find(({ levelPct }) => levelPct === 95);
      return {
        startsAt,
        stepMs,
        mean: mean[0] ?? 0,
        lower: band?.lower[0] ?? 0,
        upper: band?.upper[0] ?? 0,
        actual: calls(startsAt, startsAt + stepMs),
      };
    });
  const sum = (of: (point: ForecastPoint) => number): number => points.reduce((total, one) => total + of(one), 0);
  const truth = Math.max(
    1,
    sum(({ actual }) => actual),
  );
  const within = points.filter(({ actual, lower, upper }) => actual >= lower && actual <= upper);
  return {
    points,
    wape: sum(({ mean, actual }) => Math.abs(mean - actual)) / truth,
    naiveWape: sum(({ startsAt, stepMs, actual }) => Math.abs(calls(startsAt - stepMs, startsAt) - actual)) / truth,
    coverage95Pct: points.length === 0 ? 0 : (100 * within.length) / points.length,
  };
}
