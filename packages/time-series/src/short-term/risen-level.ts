import type { Calibration } from '../forecasters/calibration.ts';

/** What lies above it was reached rarely: errors at that level are not known. */
const USUAL = 0.9;

/**
 * Errors as they are to be expected where a series has just risen to a level that those before say nothing of: as many times as large as the newest point is beside
 * what was usual, and no larger by that than the point itself. The noise of counts grows with them, at most in proportion.
 *
 * @param tried the points at which the errors were made, the newest last
 */
export function atRisenLevel({ errors }: Calibration, tried: readonly number[]): Calibration {
  const usual = [...tried].sort((a, b) => a - b)[Math.floor(USUAL * (tried.length - 1))] ?? 0;
  const newest = tried.at(-1)!;
  if (usual <= 0 || newest <= usual) return { errors };
  const risen = (error: number): number => Math.max(error, Math.min(newest, (error * newest) / usual));
  return { errors: errors.map((ofStep) => ofStep.map(risen)) };
}
