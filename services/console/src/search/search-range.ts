import type { SearchScope } from '../ports.ts';

const HOUR_MS = 3_600_000;

/** Epoch milliseconds. */
export interface Range {
  readonly since: number;
  readonly until: number;
}

/** The time that is looked through without an index: the hour before its end, where no beginning is named. */
export function rangeOf({ since, until: end }: SearchScope, now: number): Range {
  const until = Math.min(end ?? now, now);
  return { since: since ?? until - HOUR_MS, until };
}
