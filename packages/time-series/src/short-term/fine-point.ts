/** A point, and what its newest part says of where the series stands. */
export interface FinePoint {
  readonly value: number;
  /** What the point would be if all of it went as its newest part did: five times the last minute, of a count by five minutes. */
  readonly latest: number;
}

/** Points at equal distances in time, oldest first; `null` where one is missing. */
export type FineSeries = readonly (FinePoint | null)[];
