import type { Series } from './forecaster.ts';

/** How many times as far from the median as any other point: a ratio needs no unit, and a season's peaks repeat, so that none stands out by it. */
const APART = 5;
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
  const sorted = Float64Array.from(values).sort();
  const median = sorted[sorted.length >> 1] ?? 0;
  const longest = Math.min(LONGEST, Math.floor(values.length / 10));
  // The farthest points are at the ends of the order.
  const farthest = [...sorted.slice(0, longest + 1), ...sorted.slice(-longest - 1)]
    .map((value) => Math.abs(value - median))
    .sort((a, b) => b - a);
  const length = 1 + farthest.slice(0, longest).findIndex((distance, rank) => distance > APART * farthest[rank + 1]!);
  // Among zeros one demand is all that is known of how much is asked for.
  if (length === 0 || (farthest[length] === 0 && median === 0)) return undefined;
  const isOfSpike = (value: number): boolean => Math.abs(value - median) >= farthest[length - 1]!;
  const run = { from: values.findIndex(isOfSpike), to: values.findLastIndex(isOfSpike) + 1 };
  return run.to - run.from === length && run.to < values.length ? run : undefined;
}
