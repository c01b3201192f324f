import { MINUTE_MS, type MinuteLoad } from '../load/minute-load.ts';
import type { NewMinute } from '../load/take-minutes.ts';

export const T0 = Date.UTC(2026, 0, 15);

/** A minute in which so many environments were busy all the time. */
export const aLoad = (environments: number): MinuteLoad => ({
  calls: environments * 600,
  busyMs: environments * MINUTE_MS,
  costUsd: environments * 0.001,
  peak: environments,
  maxDurationMs: 100,
  coldStarts: 0,
  initMs: 0,
});

/** Minutes from `T0` (or from `since` minutes after) on, one for each number of environments. */
export const minutesFrom = (environments: readonly number[], since = 0): NewMinute[] =>
  environments.map((each, at) => ({ start: T0 + (since + at) * MINUTE_MS, revision: 0, load: aLoad(each) }));
