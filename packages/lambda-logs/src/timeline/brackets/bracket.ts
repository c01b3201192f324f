/** Indices into the marks: an opening START, its END if seen, and the record that closes the bracket. */
export interface Bracket {
  readonly open: number;
  readonly end?: number;
  readonly close: number;
}
