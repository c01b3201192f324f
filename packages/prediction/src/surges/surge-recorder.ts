import { keptShape, type Surge } from './surge.ts';

const MINUTE_MS = 60_000;
/** A climb begins at so many times the usual, and at so many above it. */
const BEGINS_AT = 2;
const LEAST_RISE = 5;
/** It is over when the load is back near the usual, or goes on for so long that it is the usual. */
const ENDS_AT = 1.5;
const LONGEST_MINUTES = 480;
/** Worth remembering from so many times the usual. */
const REMEMBERED_FROM = 3;
const REMEMBERED = 6;
/** The usual load follows with a half-life of half an hour. */
const FOLLOWING = 1 - 0.5 ** (1 / 30);

/** A climb that is under way: minute by minute, from the last one before it. */
export interface OpenSurge {
  readonly startedAt: number;
  readonly baseline: number;
  readonly values: readonly number[];
}

/** Past surges of a load, and the one under way. */
export interface SurgeRecorder {
  /** Usual load outside of surges; absent before the first minute. */
  readonly baseline?: number;
  readonly open?: OpenSurge;
  /** Oldest first. */
  readonly past: readonly Surge[];
}

export const NO_SURGE: SurgeRecorder = { past: [] };

/** One more minute. O(1) but for the open surge's copy. */
export function advanceSurges(recorder: SurgeRecorder, start: number, value: number): SurgeRecorder {
  const { baseline = value, open, past } = recorder;
  if (open === undefined) {
    const isClimb = value >= Math.max(BEGINS_AT * baseline, baseline + LEAST_RISE);
    if (isClimb) return { baseline, past, open: { startedAt: start, baseline, values: [value] } };
    return { past, baseline: baseline + FOLLOWING * (value - baseline) };
  }
  const values = [...open.values, value];
  const minutes = (start - open.startedAt) / MINUTE_MS;
  const isOver =
    value < Math.max(ENDS_AT * open.baseline, open.baseline + LEAST_RISE / 2) || minutes >= LONGEST_MINUTES;
  if (!isOver) return { baseline, past, open: { ...open, values } };
  const shape = keptShape({ ...open, values });
  const isRemembered = shape.peak >= REMEMBERED_FROM * Math.max(open.baseline, 1) && values.length > 2;
  return { baseline: value, past: isRemembered ? [...past, shape].slice(-REMEMBERED) : past };
}
