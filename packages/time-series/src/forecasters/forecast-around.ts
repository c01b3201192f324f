import { type Calibration, intervalsAround } from './calibration.ts';
import { checkLevels } from './checked-input.ts';
import type { Forecast } from './forecaster.ts';

/** A mean with its intervals; nothing below 0 where counts are forecast, and the band is put around what is left: one of no width would claim to be certain. @throws RangeError for a level that cannot be */
export function forecastAround(
  mean: readonly number[],
  { calibration, isCount }: { readonly calibration: Calibration; readonly isCount: boolean },
  levels: readonly number[],
): Forecast {
  checkLevels(levels);
  const bounded = (points: readonly number[]): readonly number[] =>
    isCount ? points.map((point) => Math.max(0, point)) : points;
  const points = bounded(mean);
  const intervals = intervalsAround(points, calibration, levels).map(({ level, lower, upper }) => {
    return { level, lower: bounded(lower), upper: bounded(upper) };
  });
  return { mean: points, intervals };
}
