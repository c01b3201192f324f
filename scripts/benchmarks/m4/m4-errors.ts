import type { M4Series } from './m4-series.ts';

export interface M4Errors {
  /** Percent. */
  readonly smape: number;
  readonly mase: number;
}

/** Mean sMAPE and MASE over the series, as the competition defines them. */
export function m4Errors(
  series: readonly M4Series[],
  forecastOf: (each: M4Series) => readonly number[],
  season: number,
): M4Errors {
  let smape = 0;
  let mase = 0;
  for (const each of series) {
    const forecast = forecastOf(each);
    smape += meanOver(each.test, (truth, step) => relativeError(truth, forecast[step]!));
    mase += meanOver(each.test, (truth, step) => Math.abs(truth - forecast[step]!)) / seasonalScale(each.train, season);
  }
  return { smape: smape / series.length, mase: mase / series.length };
}

/** Overall weighted average: the mean of both errors as shares of the reference's. */
export const owa = (errors: M4Errors, reference: M4Errors): number =>
  (errors.smape / reference.smape + errors.mase / reference.mase) / 2;

/** Mean absolute difference of points a season apart. */
export function seasonalScale(train: readonly number[], season: number): number {
  return meanOver(train.slice(season), (value, index) => Math.abs(value - train[index]!));
}

export function meanOver(values: readonly number[], of: (value: number, index: number) => number): number {
  return values.reduce((sum, value, index) => sum + of(value, index), 0) / values.length;
}

function relativeError(truth: number, forecast: number): number {
  const size = Math.abs(truth) + Math.abs(forecast);
  return size === 0 ? 0 : (200 * Math.abs(truth - forecast)) / size;
}
