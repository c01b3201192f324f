/** A window is a minute, milliseconds. */
export const WINDOW_MS = 60_000;

/** Start of the minute that a time lies in; epoch milliseconds. */
export function minuteAt(timestamp: number): number {
  return Math.floor(timestamp / WINDOW_MS) * WINDOW_MS;
}
