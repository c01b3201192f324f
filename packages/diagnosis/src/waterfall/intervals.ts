/** A stretch of time, in milliseconds of one clock. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** What intervals cover of another one together: apart from each other, in order. What begins and ends at once covers nothing. O(n log n). */
export function unionWithin(intervals: readonly Interval[], within: Interval): readonly Interval[] {
  const cut = intervals
    .map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const union: { from: number; to: number }[] = [];
  for (const { from, to } of cut) {
    const last = union.at(-1);
    if (last === undefined || from > last.to) union.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return union;
}

/** What intervals leave of another one. O(n log n). */
export function gapsWithin(intervals: readonly Interval[], within: Interval): readonly Interval[] {
  const covered = unionWithin(intervals, within);
  const edges = [within.from, ...covered.flatMap(({ from, to }) => [from, to]), within.to];
  return Array.from({ length: covered.length + 1 }, (_, at) => ({
    from: edges[2 * at] ?? within.to,
    to: edges[2 * at + 1] ?? within.to,
  })).filter(({ from, to }) => to > from);
}

/** Milliseconds of intervals that are apart from each other. */
export const lengthOf = (apart: readonly Interval[]): number => apart.reduce((sum, { from, to }) => sum + to - from, 0);
