import type { OpenSurge } from './surge-recorder.ts';

/** A surge that is over: how it went. */
export interface Surge {
  readonly startedAt: number;
  readonly baseline: number;
  readonly peak: number;
  readonly minutes: number;
  /** By the minute for two hours, then the mean of every five minutes. */
  readonly values: readonly number[];
}

const FINE_MINUTES = 120;
const COARSE_MINUTES = 5;

/** A surge as it is kept: a tenth of the numbers, and the steep part in full. */
export function keptShape({ startedAt, baseline, values }: OpenSurge): Surge {
  const coarse: number[] = [];
  for (let at = FINE_MINUTES; at < values.length; at += COARSE_MINUTES) {
    const part = values.slice(at, at + COARSE_MINUTES);
    coarse.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  const kept = [...values.slice(0, FINE_MINUTES), ...coarse].map((value) => Number(value.toPrecision(5)));
  return { startedAt, baseline, peak: Math.max(...values), minutes: values.length, values: kept };
}

/** The load so many minutes after the surge began; its baseline before and after. */
export function surgeAt({ values, baseline, minutes }: Surge, minute: number): number {
  if (minute < 0 || minute > minutes - 1) return baseline;
  const place =
    minute < FINE_MINUTES - 1 ? minute : FINE_MINUTES - 1 + Math.max(0, minute - FINE_MINUTES + 1) / COARSE_MINUTES;
  const below = values[Math.floor(place)] ?? baseline;
  const above = values[Math.floor(place) + 1] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
