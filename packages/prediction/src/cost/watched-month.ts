import type { LoadState } from '../load/load-state.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import { minutesOf } from '../load/read-load.ts';
import { HOUR_MS, hourOf } from '../load/settle.ts';
import type { WatchedLoad } from './own-cost.ts';

const DAY_MS = 24 * HOUR_MS;

/** So many minutes are told after the last one that had calls, unless ingestion's `silenceMinutes` says otherwise. */
const TOLD_AFTER = 30;

/** Calls, busy and silent minutes of a stretch of time. */
interface Watched {
  readonly start: number;
  readonly calls: number;
  readonly busyMinutes: number;
  readonly silentMinutes: number;
}

/**
 * How much of a function is watched in the month of `now` (UTC), if it goes on as it was since the month began, or in the last day where that is longer: the
 * first minutes of a function, and of a month, count as all others do. Busy minutes of a settled hour
 * are at most its calls, and each has its silent ones.
 */
export function watchedMonth(load: LoadState, now: number): WatchedLoad {
  const date = new Date(now);
  const [from, until] = [0, 1].map((after) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after, 1)) as [
    number,
    number,
  ];
  const known = [...settledHours(load), ...liveMinutes(load)];
  const first = known[0]?.start ?? now;
  const since = Math.min(from, hourOf(now - DAY_MS));
  const recent = known.filter(({ start }) => start >= since);
  const seenMs = Math.max(HOUR_MS, now - Math.max(since, first));
  const growth = Math.max(1, (until - Math.max(from, first)) / seenMs);
  const total = (of: (watched: Watched) => number): number => recent.reduce((sum, one) => sum + of(one), 0);
  return {
    invocations: total(({ calls }) => calls) * growth,
    busyMinutes: total((one) => one.busyMinutes) * growth,
    silentMinutes: total((one) => one.silentMinutes) * growth,
  };
}

function settledHours({ hours, settledUntil = 0 }: LoadState): Watched[] {
  const start = settledUntil - hours.calls.length * HOUR_MS;
  return hours.calls.map((calls, at) => {
    const busyMinutes = Math.min(60, calls);
    const silentMinutes = Math.min(60 - busyMinutes, TOLD_AFTER * busyMinutes);
    return { start: start + at * HOUR_MS, calls, busyMinutes, silentMinutes };
  });
}

function liveMinutes(load: LoadState): Watched[] {
  const { start, steps } = minutesOf(load);
  let silence = TOLD_AFTER;
  return steps.map(({ calls }, at) => {
    const isBusy = calls > 0;
    silence = isBusy ? 0 : silence + 1;
    const silentMinutes = !isBusy && silence <= TOLD_AFTER ? 1 : 0;
    return { start: start + at * MINUTE_MS, calls, busyMinutes: isBusy ? 1 : 0, silentMinutes };
  });
}
