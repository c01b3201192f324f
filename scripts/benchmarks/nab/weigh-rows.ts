/** What a detection in a row is worth before a profile's costs, by the rules of NAB 1.0 (Lavin and Ahmad 2015, arXiv 1510.03336). */
export interface WeighedRows {
  /** Per row: the index of its window, {@link OUTSIDE}, or {@link PROBATION}, in which detectors learn and nothing counts. */
  readonly window: Int32Array;
  /** Per row: inside a window the share of a full true positive, 1 in its first row; outside 0 (just behind a window) to -1. */
  readonly value: Float64Array;
  readonly windows: number;
}

/** First and last row of a labelled window, both in it. */
export type LabelledWindow = readonly [from: number, to: number];

export const OUTSIDE = -1;
export const PROBATION = -2;
/** The first 15 % of a file, of at most 5,000 rows. */
const PROBATION_SHARE = 0.15;
const PROBATION_FILE_ROWS = 5000;
/** Widths of a window behind it, from which on a detection is wholly false. */
const FAR = 3;

/** Weighs the rows of a file by its windows: rows, ascending, apart from each other. */
export function weighRows(rows: number, windows: readonly LabelledWindow[]): WeighedRows {
  const window = new Int32Array(rows).fill(OUTSIDE);
  const value = new Float64Array(rows).fill(-1);
  for (const [index, [from, to]] of windows.entries()) {
    const width = to - from + 1;
    const until = windows[index + 1]?.[0] ?? rows;
    for (let row = from; row <= to; row++) {
      window[row] = index;
      value[row] = sigmoid(-(to - row + 1) / width) / sigmoid(-1);
    }
    for (let row = to + 1; row < until; row++) value[row] = sigmoid((row - to) / (width - 1));
  }
  window.fill(PROBATION, 0, Math.floor(PROBATION_SHARE * Math.min(rows, PROBATION_FILE_ROWS)));
  return { window, value, windows: windows.length };
}

/** 1 far before a window's end, 0 at it, -1 far behind. */
const sigmoid = (position: number): number => (position > FAR ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);
