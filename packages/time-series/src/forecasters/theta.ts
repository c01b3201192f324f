import type { PointForecaster } from './point-forecaster.ts';
import { seasonalProfile } from './seasonal-profile.ts';
import { simpleExponentialSmoothing } from './simple-exponential-smoothing.ts';
import { type SmoothingState, smooth } from './smoothing-state.ts';

export interface ThetaModel {
  readonly smoothing: SmoothingState;
  /** Half of the slope of the straight line through the deseasonalised series, per point. */
  readonly drift: number;
  readonly profile: readonly number[];
  /** Where in the profile the next point is. */
  readonly position: number;
}

/**
 * Simple exponential smoothing with half of the linear trend as drift, of the series without its (additive) shortest season.
 * Source: Assimakopoulos & Nikolopoulos, International Journal of Forecasting 16 (2000), in the form of Hyndman & Billah, ibid. 19 (2003).
 */
export const theta: PointForecaster<ThetaModel> = {
  name: 'theta',
  fit: (values, [seasonLength]) => {
    const profile = seasonLength === undefined ? [0] : seasonalProfile(values, seasonLength);
    const adjusted = values.map((value, index) => value - profile[index % profile.length]!);
    const smoothing = simpleExponentialSmoothing.fit(adjusted, []);
    return { smoothing, drift: slope(adjusted) / 2, profile, position: values.length % profile.length };
  },
  mean: ({ smoothing, drift, profile, position }, horizon) =>
    Array.from(
      { length: horizon },
      (_, step) =>
        smoothing.level + drift * (step + 1 / smoothing.alpha) + profile[(position + step) % profile.length]!,
    ),
  update: (model, value) => ({
    ...model,
    smoothing: smooth(model.smoothing, value - model.profile[model.position]!),
    position: (model.position + 1) % model.profile.length,
  }),
};

/** Least squares slope over 0, 1, 2 …; 0 for one point. */
function slope(values: readonly number[]): number {
  const centre = (values.length - 1) / 2;
  let products = 0;
  let squares = 0;
  values.forEach((value, index) => {
    products += (index - centre) * value;
    squares += (index - centre) ** 2;
  });
  return squares === 0 ? 0 : products / squares;
}
