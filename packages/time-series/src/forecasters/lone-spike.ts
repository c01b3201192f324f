import type { Series } from './forecaster.ts';

/** How many times as far from the median as any other point: noise and seasons stay far below, whatever the unit. */
const APART = 10;
/** Points in a row at most, and of ten points not more than one. */
const LONGEST = 3;

/**
 * The series with its one great outlier missing. What happened once says nothing of the coming points, but would bend every fit and widen every band.
 * What happened twice is kept, and so is what lasts to the end: that may be a new level.
 * Outliers as missing points: `tsclean`, Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 13.9; the rule for them is ours, and stricter.
 */
export function withoutLoneSpike(series: Series): Series {
  const known = series.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  const spike = loneSpike(known.map(({ value }) => value));
  if (spike === undefined) return series;
  const missing = new Set(known.slice(spike.from, spike.to).map(({ at }) => at));
  return series.map((value, at) => (missing.has(at) ? null : value));
}

interface Run {
  readonly from: number;
  /** The first point after it. */
  readonly to: number;
}

function loneSpike(values: readonly number[]): Run | undefined {
  const median = values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const distances = values.map((value, at) => ({ at, distance: Math.abs(value - median) }));
  const longest = Math.min(LONGEST, Math.floor(values.length / 10));
  const farthest = distances.toSorted((a, b) => b.distance - a.distance).slice(0, longest + 1);
  const length = farthest.findIndex(({ distance }, rank) => {
    const next = farthest[rank + 1]?.distance ?? 0;
    return next > 0 && distance > APART * next;
  });
  if (length < 0) return undefined;
  const places = farthest.slice(0, length + 1).map(({ at }) => at);
  const run = { from: Math.min(...places), to: Math.max(...places) + 1 };
  return run.to - run.from === places.length && run.to < values.length ? run : undefined;
}
