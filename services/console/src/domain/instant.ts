/** `2026-01-14T03:40Z`, seconds or not: in UTC, as everything here. `Date.parse` takes much besides, and each engine something else. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const EPOCH_MS = /^\d{1,15}$/;

/** An instant as an address tells it, ISO 8601 in UTC or epoch milliseconds, in epoch milliseconds; undefined where the text is none, or is before 1970. */
export function readInstant(text: string): number | undefined {
  const at = EPOCH_MS.test(text) ? Number(text) : ISO.test(text) ? Date.parse(text) : Number.NaN;
  return at >= 0 ? at : undefined;
}

/** As an address tells it, to the minute: `2026-01-14T03:40Z`. */
export const writeInstant = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
