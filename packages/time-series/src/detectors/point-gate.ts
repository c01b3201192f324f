import type { DetectorPoint, UnjudgedKind } from './detector.ts';

/** Numbers beyond this are refused, so that no sum of a detector overflows. */
export const LARGEST_VALUE = 1e300;

/** Time of the newest point that was let in; null before the first. */
export interface PointGate {
  newest: number | null;
}

/** Why a point cannot be judged; undefined lets it in. A point that is as old as the newest one, or older, comes too late. */
export function refusePoint(gate: PointGate, { timestamp, value }: DetectorPoint): UnjudgedKind | undefined {
  if (!Number.isFinite(timestamp)) return 'not-finite';
  if (gate.newest !== null && timestamp <= gate.newest) return 'out-of-order';
  if (value === null) return 'missing';
  if (!Number.isFinite(value)) return 'not-finite';
  return Math.abs(value) > LARGEST_VALUE ? 'too-large' : undefined;
}
