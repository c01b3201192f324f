import type { SketchBins } from '@lamplighter/diagnosis';

/** Calls by when they began and how long they took: what a heat map draws. */
export interface LatencyGrid {
  /** Start of each column, epoch milliseconds, ascending. */
  readonly columns: readonly number[];
  /** Upper edge of each row, milliseconds, ascending; the edges grow by a constant factor. */
  readonly rowsMs: readonly number[];
  /** `counts[column][row]`, whole calls. */
  readonly counts: readonly (readonly number[])[];
}

const ROWS = 24;

/**
 * Sorts the bins of each column's sketches into 24 logarithmic rows between the shortest and the longest duration of all. A sketch's bins are
 * within 1 % of the durations; a row of a grid from 1 ms to 15 minutes is 77 % higher than the one below. O(bins).
 */
export function latencyGrid(columns: readonly { readonly start: number; readonly bins: SketchBins }[]): LatencyGrid {
  const values = columns.flatMap(({ bins }) => bins.map(([valueMs]) => Math.max(valueMs, 0.1)));
  if (values.length === 0) return { columns: columns.map(({ start }) => start), rowsMs: [], counts: [] };
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = Math.max(
    values.reduce((a, b) => Math.max(a, b)),
    least * 1.5,
  );
  const growth = (most / least) ** (1 / ROWS);
  const rowOf = (valueMs: number): number =>
    Math.min(ROWS - 1, Math.max(0, Math.ceil(Math.log(Math.max(valueMs, 0.1) / least) / Math.log(growth)) - 1));
  return {
    columns: columns.map(({ start }) => start),
    rowsMs: Array.from({ length: ROWS }, (_, row) => Number((least * growth ** (row + 1)).toPrecision(3))),
    counts: columns.map(({ bins }) => {
      const counts = new Array<number>(ROWS).fill(0);
      for (const [valueMs, count] of bins) counts[rowOf(valueMs)]! += count;
      return counts.map(Math.round);
    }),
  };
}

/** Adds sketches up: equal buckets count together. */
export function mergeBins(sketches: readonly SketchBins[]): SketchBins {
  const counts = new Map<number, number>();
  for (const [valueMs, count] of sketches.flat()) counts.set(valueMs, (counts.get(valueMs) ?? 0) + count);
  return [...counts].sort(([a], [b]) => a - b);
}

/** The duration below which a share of the calls ended, milliseconds; undefined where there are none. */
export function quantileMs(bins: SketchBins, share: number): number | undefined {
  let left = share * bins.reduce((sum, [, count]) => sum + count, 0);
  for (const [valueMs, count] of bins) {
    left -= count;
    if (left <= 1e-9) return valueMs;
  }
  return bins.at(-1)?.[0];
}
