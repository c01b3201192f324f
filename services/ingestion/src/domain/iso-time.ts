const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** ISO 8601 of any number, epoch milliseconds, so that its text sorts as the number does: what lies beyond the years 1970 to 9999 stands at their edge. */
export function isoTime(timestamp: number): string {
  return new Date(Math.min(Math.max(timestamp, 0), LAST)).toISOString();
}
