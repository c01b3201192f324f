import type { PointForecaster } from './point-forecaster.ts';

export interface SeasonalNaiveModel {
  /** The newest season; one point where the series has no season. */
  readonly tail: readonly number[];
}

/**
 * The next points are as those of one season before; as the last point where there is no season.
 * Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2.
 */
export const seasonalNaive: PointForecaster<SeasonalNaiveModel> = {
  name: 'seasonal-naive',
  fit: (values, [seasonLength = 1]) => ({ tail: values.slice(-seasonLength) }),
  mean: ({ tail }, horizon) => Array.from({ length: horizon }, (_, step) => tail[step % tail.length]!),
  update: ({ tail }, value) => ({ tail: [...tail.slice(1), value] }),
};
