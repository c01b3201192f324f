import { dampedTrend } from './damped-trend.ts';
import type { PointForecaster } from './point-forecaster.ts';
import { seasonalProfile } from './seasonal-profile.ts';
import { expectedPoints, type SmoothingState, smooth } from './smoothing-state.ts';

export interface SeasonalDecompositionModel {
  /** An effect per phase, for each season, the shortest first. */
  readonly profiles: readonly (readonly number[])[];
  readonly positions: readonly number[];
  readonly rest: SmoothingState;
}

const PASSES = 2;

/**
 * Several seasons (a day, a week), each taken from what the others leave over, and a damped trend for the rest.
 * Source: the loop of MSTL, Bandara, Hyndman & Bergmeir, arXiv 2107.13462, with means of the phases in place of LOESS.
 */
export const seasonalDecomposition: PointForecaster<SeasonalDecompositionModel> = {
  name: 'seasonal-decomposition',
  fit: (values, seasonLengths) => {
    const profiles = seasonLengths.map((length) => Array<number>(length).fill(0));
    const rest = [...values];
    for (let pass = 0; pass < PASSES; pass++) {
      for (const [at, length] of seasonLengths.entries()) {
        shift(rest, profiles[at]!, 1);
        profiles[at] = seasonalProfile(rest, length);
        shift(rest, profiles[at]!, -1);
      }
    }
    const positions = seasonLengths.map((length) => values.length % length);
    return { profiles, positions, rest: dampedTrend.fit(rest, []) };
  },
  mean: (model, horizon) =>
    expectedPoints(model.rest, horizon).map((point, step) => point + seasonalEffect(model, step)),
  update: (model, value) => ({
    ...model,
    rest: smooth(model.rest, value - seasonalEffect(model, 0)),
    positions: model.positions.map((position, at) => (position + 1) % model.profiles[at]!.length),
  }),
};

function shift(values: number[], profile: readonly number[], sign: 1 | -1): void {
  for (let index = 0; index < values.length; index++) values[index]! += sign * profile[index % profile.length]!;
}

function seasonalEffect({ profiles, positions }: SeasonalDecompositionModel, step: number): number {
  return profiles.reduce((sum, profile, at) => sum + profile[(positions[at]! + step) % profile.length]!, 0);
}
