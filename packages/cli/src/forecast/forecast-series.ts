import { ensemble, type Forecast, LONGEST_HORIZON, type Series } from '@lamplighter/time-series';

export interface ForecastQuestion {
  readonly horizon: number;
  readonly seasonLengths: readonly number[];
  /** Percent. */
  readonly levels: readonly number[];
}

/** Steps that one fit stands for: the first, up to 12, up to 48, and each four times as far. */
const NEAREST_RUNGS = [1, 12] as const;
const RUNG = 4;

/**
 * What the default forecaster says. Of a series that was never negative, nothing is forecast below 0. Each block of steps has a fit of its own, made for it, so
 * that a step is forecast alike however many steps are asked for.
 * Source: one model for a block of steps is DIRMO, Ben Taieb, Bontempi, Atiya & Sorjamaa, Expert Systems with Applications 39 (2012).
 */
export function forecastSeries(values: Series, { horizon, seasonLengths, levels }: ForecastQuestion): Forecast {
  const isCount = values.every((value) => value === null || value >= 0);
  const blocks = rungsUpTo(horizon).map((rung, at, rungs) => {
    const model = ensemble.fit(values, { seasonLengths, isCount, horizon: rung });
    return stepsFrom(rungs[at - 1] ?? 0, ensemble.predict(model, Math.min(rung, horizon), levels));
  });
  return {
    mean: blocks.flatMap(({ mean }) => mean),
    intervals: levels.map((level, at) => ({
      level,
      lower: blocks.flatMap(({ intervals }) => intervals[at]!.lower),
      upper: blocks.flatMap(({ intervals }) => intervals[at]!.upper),
    })),
  };
}

/** The ends of the blocks, the last at the horizon or behind it. */
function rungsUpTo(horizon: number): readonly number[] {
  const rungs: number[] = [...NEAREST_RUNGS];
  while (rungs.at(-1)! < horizon) rungs.push(Math.min(RUNG * rungs.at(-1)!, LONGEST_HORIZON));
  return rungs.slice(0, rungs.findIndex((rung) => rung >= horizon) + 1);
}

const stepsFrom = (step: number, { mean, intervals }: Forecast): Forecast => ({
  mean: mean.slice(step),
  intervals: intervals.map(({ level, lower, upper }) => ({
    level,
    lower: lower.slice(step),
    upper: upper.slice(step),
  })),
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The seasons that go without saying: a day and a week of points, a week of days; none without times, or where it is shorter than two points. */
export function usualSeasons(stepMs: number | undefined): number[] {
  if (stepMs === undefined) return [];
  return (stepMs >= DAY ? [7 * DAY] : [DAY, 7 * DAY])
    .map((ms) => Math.round(ms / stepMs))
    .filter((points) => points >= 2);
}
