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
  const values = fillMissing(series, usableSeasons(options.seasonLengths, series.length)[0] ?? 1);
  const plan = planOrigins(values.length, Math.max(1, horizon));
  return { values, seasonLengths: usableSeasons(options.seasonLengths, plan?.first ?? values.length), plan };
}
