import { checkHorizon, checkSeries, usableSeasons } from './checked-input.ts';
import { fillMissing } from './fill-missing.ts';
import type { FitOptions, Series } from './forecaster.ts';
import { withoutLoneSpike } from './lone-spike.ts';
import { type OriginPlan, planOrigins } from './roll-origins.ts';

/** A series as point forecasters take it. */
export interface PreparedSeries {
  readonly values: readonly number[];
  readonly seasonLengths: readonly number[];
  /** Undefined where the series is too short to hold anything back. */
  readonly plan: OriginPlan | undefined;
}

const HORIZON = 48;

/** Checks, cleans, fills and cuts. @throws RangeError as `Forecaster` says */
export function prepareSeries(series: Series, options: FitOptions): PreparedSeries {
  const horizon = options.horizon ?? HORIZON;
  checkHorizon(horizon);
  checkSeries(series, options);
  const [seasonLength = 1] = usableSeasons(options.seasonLengths, series.length);
  const values = fillMissing(withoutLoneSpike(series), seasonLength);
  const plan = planOrigins(values.length, Math.max(1, horizon), seasonLength);
  return { values, seasonLengths: usableSeasons(options.seasonLengths, plan?.first ?? values.length), plan };
}

/** Whether a fit takes a season in: it needs two of them in what is not held back to try forecasters on, which makes three, whatever the horizon. */
export function showsSeason(series: Series, seasonLength: number): boolean {
  const count = series.length - series.findIndex((value) => value !== null);
  const first = planOrigins(count, HORIZON, seasonLength)?.first ?? count;
  return seasonLength === 1 || usableSeasons([seasonLength], first).length > 0;
}
