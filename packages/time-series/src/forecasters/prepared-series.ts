import { checkHorizon, checkSeries, usableSeasons } from './checked-input.ts';
import { fillMissing } from './fill-missing.ts';
import type { FitOptions, Series } from './forecaster.ts';
import { type OriginPlan, planOrigins } from './roll-origins.ts';

/** A series as point forecasters take it. */
export interface PreparedSeries {
  readonly values: readonly number[];
  readonly seasonLengths: readonly number[];
  /** Undefined where the series is too short to hold anything back. */
  readonly plan: OriginPlan | undefined;
}

const HORIZON = 48;

/** Checks, fills and cuts. @throws RangeError as `Forecaster` says */
export function prepareSeries(series: Series, options: FitOptions): PreparedSeries {
  const horizon = options.horizon ?? HORIZON;
  checkHorizon(horizon);
  checkSeries(series, options);
  const [seasonLength = 1] = usableSeasons(options.seasonLengths, series.length);
  const values = fillMissing(series, seasonLength);
  const plan = planOrigins(values.length, Math.max(1, horizon), seasonLength);
  return { values, seasonLengths: usableSeasons(options.seasonLengths, plan?.first ?? values.length), plan };
}
