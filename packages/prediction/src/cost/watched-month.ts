import type { LoadState } from '../load/load-state.ts';
import { hoursOf } from '../load/read-load.ts';
import { HOUR_MS } from '../load/settle.ts';
import type { WatchedMonth } from './own-cost.ts';

/** How much of a function is watched in the month of `now` (UTC), if its hours of this month go on as they were. Busy minutes are at most its calls. */
export function watchedMonth(load: LoadState, now: number): WatchedMonth {
  const date = new Date(now);
  const [from, until] = [0, 1].map((after) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after, 1)) as [
    number,
    number,
  ];
  const { start, steps } = hoursOf(load);
  const hours = steps.filter((_, at) => start + at * HOUR_MS >= from);
  if (hours.length === 0) return { invocations: 0, busyMinutes: 0 };
  const calls = hours.reduce((sum, hour) => sum + hour.calls, 0);
  const minutes = hours.reduce((sum, hour) => sum + Math.min(60, hour.calls), 0);
  const seen = Math.max(1, (now - Math.max(from, start)) / HOUR_MS);
  const growth = Math.max(1, (until - Math.max(from, start)) / HOUR_MS / seen);
  return { invocations: calls * growth, busyMinutes: minutes * growth };
}
