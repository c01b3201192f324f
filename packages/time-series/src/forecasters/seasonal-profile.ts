import { movingMean } from './moving-mean.ts';

/**
 * What each phase of a season adds to the level around it: the mean, over the seasons, of the differences from a centred moving mean
 * of one season; the effects sum to 0. `profile[0]` belongs to `values[0]`.
 * Source: classical additive decomposition, Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 3.4.
 */
export function seasonalProfile(values: readonly number[], seasonLength: number): number[] {
  const level = movingMean(values, seasonLength);
  const sums = Array<number>(seasonLength).fill(0);
  const counts = Array<number>(seasonLength).fill(0);
  for (let index = 0; index < values.length; index++) {
    const phase = index % seasonLength;
    sums[phase]! += values[index]! - level[index]!;
    counts[phase]!++;
  }
  const effects = sums.map((sum, phase) => sum / counts[phase]!);
  const centre = effects.reduce((sum, effect) => sum + effect, 0) / seasonLength;
  return effects.map((effect) => effect - centre);
}
