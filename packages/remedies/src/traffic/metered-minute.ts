/** A minute as CloudWatch alone counts it: who was refused, and how far a stream's reader is behind, stands in no log. */
export interface MeteredMinute {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Attempts that were let in. */
  readonly served?: number;
  /** Those that were turned away. */
  readonly throttled?: number;
  /** Of the oldest record that was read. */
  readonly iteratorAgeMs?: number;
}

/** What is counted: attempts of a function, requests at the API in front of it, or how far it is behind its stream. */
export type Meter = 'attempts' | 'api-requests' | 'iterator-age';

/** Which share of those who came was turned away; undefined where nobody counted. */
export function throttledShareOf(minutes: readonly MeteredMinute[]): number | undefined {
  const throttled = minutes.reduce((sum, one) => sum + (one.throttled ?? 0), 0);
  const tried = minutes.reduce((sum, one) => sum + (one.served ?? 0), throttled);
  return tried === 0 ? undefined : throttled / tried;
}
