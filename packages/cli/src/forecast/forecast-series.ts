import { ensemble, type Forecast, type Series } from '@lamplighter/time-series';

export interface ForecastQuestion {
  readonly horizon: number;
  readonly seasonLengths: readonly number[];
  /** Percent. */
  readonly levels: readonly number[];
}

/** What the default forecaster says. Of a series that was never negative, nothing is forecast below 0. */
export function forecastSeries(values: Series, { horizon, seasonLengths, levels }: ForecastQuestion): Forecast {
  const isCount = values.every((value) => value === null || value >= 0);
  const model = ensemble.fit(values, { seasonLengths, isCount, ...(horizon > 0 ? { horizon } : {}) });
  return ensemble.predict(model, horizon, levels);
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The season that goes without saying: a day of points, a week of days; none without times, or where it is shorter than two points. */
export function usualSeason(stepMs: number | undefined): number[] {
  if (stepMs === undefined) return [];
  const season = Math.round((stepMs >= DAY ? 7 * DAY : DAY) / stepMs);
  return season >= 2 ? [season] : [];
}
