import type { Interval } from './forecaster.ts';
import type { RolledForecast } from './roll-origins.ts';
import { studentRadius } from './student-t.ts';

/** How far the truth was from the forecast, for each step: absolute errors of the rolling origins, ascending. */
export interface Calibration {
  readonly errors: readonly (readonly number[])[];
}

/** Neighbouring steps on either side whose errors stand for a step as well: few origins say little about one step. */
const POOLED = 2;
/** Errors that also chose the members and weights are a little smaller than those to come. */
const MARGIN = 1.12;

/** @param forecasts with the points that came true in `values` */
export function calibrate(forecasts: readonly RolledForecast[], values: readonly number[]): Calibration {
  const steps = forecasts[0]?.mean.length ?? 0;
  const errors = Array.from({ length: steps }, (_, step) =>
    forecasts
      .filter(({ mean }) => step < mean.length)
      .map(({ origin, mean }) => rounded(Math.abs(values[origin + step]! - mean[step]!)))
      .sort((a, b) => a - b),
  );
  return { errors };
}

/** Seven digits: a model is stored. */
const rounded = (error: number): number => Number(error.toPrecision(7));

/** For series that are too short for origins: how far a point is from the one before it, growing with the root of the steps. Of one point, nothing is known. */
export function calibrateByDifferences(values: readonly number[]): Calibration {
  const differences = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
  return { errors: [differences.sort((a, b) => a - b)] };
}

/**
 * Split-conformal intervals around a mean, a radius per step: the ⌈(n + 1) · level⌉-th smallest of n errors. With too few for the level, the largest,
 * widened by what is missing, and no less than Student's t says of normal errors; with none at all the whole line. Beyond the calibrated steps the last radius grows with the root of the steps.
 * Source: Lei, G'Sell, Rinaldo, Tibshirani & Wasserman, JASA 113 (2018), theorem 2.2; per step as in Stankevičiūtė, Alaa & van der Schaar, NeurIPS 2021.
 */
export function intervalsAround(
  mean: readonly number[],
  { errors }: Calibration,
  levels: readonly number[],
): Interval[] {
  if (levels.length === 0) return [];
  const pooled = errors.slice(0, mean.length).map((_, step) => pool(errors, step));
  return levels.map((level) => {
    const radii = pooled.map((sorted) => radius(sorted, level / 100));
    const at = (step: number): number => radii[step] ?? radii.at(-1)! * Math.sqrt((step + 1) / radii.length);
    return {
      level,
      lower: mean.map((point, step) => point - at(step)),
      upper: mean.map((point, step) => point + at(step)),
    };
  });
}

function pool(errors: readonly (readonly number[])[], step: number): number[] {
  return errors
    .slice(Math.max(0, step - POOLED), step + POOLED + 1)
    .flat()
    .sort((a, b) => a - b);
}

function radius(sorted: readonly number[], level: number): number {
  if (sorted.length === 0) return Number.POSITIVE_INFINITY;
  const rank = (sorted.length + 1) * level;
  if (rank <= sorted.length) return sorted[Math.ceil(rank) - 1]! * MARGIN;
  const meanSquare = sorted.reduce((sum, error) => sum + (error * error) / sorted.length, 0);
  const widened = (sorted.at(-1)! * rank) / sorted.length;
  return MARGIN * Math.max(widened, Math.sqrt(meanSquare) * studentRadius(sorted.length, level));
}
