import { readInstant } from '../../src/domain/instant.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So long minutes of the past may still change: lines that come late, and what the hourly ledger finds again. */
const SETTLING_MS = 2 * HOUR_MS;

/** The time that a function's page is to show, as its address says it. */
export type ShownUntil =
  | { readonly kind: 'now' }
  /** `isSettled`: nothing of it changes any more. */
  | { readonly kind: 'past'; readonly until: number; readonly isSettled: boolean }
  /** The address says something that is no time: the API says so. */
  | { readonly kind: 'unreadable' };

export function shownUntil(text: string | null, now: number): ShownUntil {
  if (text === null) return { kind: 'now' };
  const until = readInstant(text);
  if (until === undefined) return { kind: 'unreadable' };
  return until >= now ? { kind: 'now' } : { kind: 'past', until, isSettled: until + SETTLING_MS <= now };
}

/** A whole number of hours that the API takes; one where the address says none. */
export function hoursIn(text: string | null): number {
  const hours = Number(text);
  return Number.isInteger(hours) && hours >= 1 && hours <= 24 ? hours : 1;
}

/** Where one goes from a time by its own length: to an instant, or to now; `later` than now is nowhere. */
export interface Steps {
  readonly earlier: number;
  readonly later?: number | 'now';
}

export function stepsFrom(until: number | undefined, hours: number, now: number): Steps {
  const lengthMs = hours * HOUR_MS;
  if (until === undefined) return { earlier: now - lengthMs };
  const later = until + lengthMs;
  // An address tells no less than a minute.
  return { earlier: Math.max(lengthMs, until - lengthMs), later: later > now - MINUTE_MS ? 'now' : later };
}
