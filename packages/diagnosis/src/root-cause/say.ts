const LAST_TIME_MS = 8.64e15;

/** Minutes of UTC. */
export function sayTime(timestamp: number): string {
  if (Math.abs(timestamp) > LAST_TIME_MS) return 'a time beyond the calendar';
  return new Date(timestamp).toISOString().slice(0, 16).replace('T', ' ').concat(' UTC');
}

/** Milliseconds, as seconds from ten on. */
export function sayDuration(ms: number): string {
  return ms >= 10_000 ? `${sayNumber(ms / 1000)} s` : `${sayNumber(ms)} ms`;
}

/** Of a share from 0 to 1. */
export const sayPercentage = (share: number): string => `${sayNumber(share * 100)} %`;
/** Three digits that mean something. */
export const sayNumber = (value: number): string => String(Number(value.toPrecision(3)));
