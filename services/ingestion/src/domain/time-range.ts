/** A span of time, epoch milliseconds, both ends included. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}
