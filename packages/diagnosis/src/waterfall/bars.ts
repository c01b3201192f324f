import type { Interval } from './intervals.ts';

/** A part of a row that is filled, in percent of its width: 0 to 100, and no further together. */
export interface Bar {
  readonly leftPct: number;
  readonly widthPct: number;
}

/** Bars nearer to each other than this are one: nobody would see what is between, and a row has two hundred at most. */
const APART_PCT = 0.5;

/** Where intervals lie in a scale. What is outside of it lies at its edge, with no width. O(n log n). */
export function barsOf(intervals: readonly Interval[], scale: Interval): readonly Bar[] {
  const length = scale.to - scale.from;
  const pct = (at: number): number => (length > 0 ? clamp((100 * (at - scale.from)) / length) : 0);
  const edges = intervals.map(({ from, to }) => ({ left: pct(from), right: pct(to) })).sort((a, b) => a.left - b.left);
  const bars: { left: number; right: number }[] = [];
  for (const { left, right } of edges) {
    const last = bars.at(-1);
    if (last === undefined || left - last.right >= APART_PCT) bars.push({ left, right });
    else last.right = Math.max(last.right, right);
  }
  return bars.map(({ left, right }) => ({ leftPct: left, widthPct: right - left }));
}

const clamp = (pct: number): number => Math.min(100, Math.max(0, pct));
