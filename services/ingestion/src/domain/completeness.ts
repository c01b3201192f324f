import type { CompletenessHour } from '@lamplighter/contracts';
import type { TimeRange } from './time-range.ts';

export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** Counts by period start, epoch milliseconds. */
export type Counts = ReadonlyMap<number, number>;

/** Starts of the whole hours that ended within the `count` hours before `now`, newest last. */
export function hoursBefore(now: number, count: number): number[] {
  const current = startOfHour(now);
  return Array.from({ length: count }, (_, index) => current - (count - index) * HOUR_MS);
}

export function startOfHour(timestamp: number): number {
  return Math.floor(timestamp / HOUR_MS) * HOUR_MS;
}

/** Share of the invoked that was audited, in percent to two places, never rounded up to 100 while one is missing. */
export function completenessPct(invoked: number, audited: number): number {
  if (invoked <= 0 || audited >= invoked) return 100;
  return Math.min(99.99, Math.round((audited / invoked) * 10_000) / 100);
}

/** An attempt may last 15 minutes, so the lines that complete one lie up to 16 minutes behind the minute it is missed in. */
const REACH_MS = 16 * MINUTE_MS;

/**
 * Where to look in the log group: the minutes in which fewer attempts were audited than CloudWatch says were invoked, each with a minute
 * before it and the reach of an invocation behind it, joined where they meet.
 */
export function gapsOf(invoked: Counts, audited: Counts): TimeRange[] {
  const short = [...invoked].filter(([minute, count]) => (audited.get(minute) ?? 0) < count).map(([minute]) => minute);
  const gaps: { from: number; to: number }[] = [];
  for (const minute of short.sort((a, b) => a - b)) {
    const gap = { from: minute - MINUTE_MS, to: minute + MINUTE_MS + REACH_MS };
    const last = gaps.at(-1);
    if (last && gap.from <= last.to) last.to = gap.to;
    else gaps.push(gap);
  }
  return gaps;
}

export function totalOf(counts: Counts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** What the ledger says of an hour, before anything was backfilled. */
export function completenessHour(hour: number, invoked: number, audited: number): CompletenessHour {
  return { hour, invoked, audited, completenessPct: completenessPct(invoked, audited), backfilled: 0 };
}
