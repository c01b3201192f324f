import { NO_SURGE, type SurgeRecorder } from '../surges/surge-recorder.ts';
import type { ColdDay } from './cold-days.ts';
import type { MinuteLoad } from './minute-load.ts';

/** A minute that may still be corrected. */
export interface KnownMinute {
  readonly revision: number;
  readonly load: MinuteLoad;
}

/** Steps of one length that nothing corrects any more, oldest first; the last one ends where `LoadState.settledUntil` says. */
export interface SettledSteps {
  readonly calls: readonly number[];
  readonly busyMs: readonly number[];
  /** The largest of the step. */
  readonly peak: readonly number[];
  readonly costUsd: readonly number[];
  /** Calls of the last minute of each of the newest steps; of hours, and in states from before they were kept, there are none. */
  readonly lastCalls?: readonly number[];
}

/**
 * Everything that is kept of a load: its last hours by the minute, days by five minutes, weeks by the hour, and past surges. Plain JSON of bounded size.
 * The same windows in any order, any number of times, give the same state, as long as none is more than three hours late.
 */
export interface LoadState {
  readonly version: 1;
  /** By the start of the minute, epoch milliseconds. A minute that is not here was quiet. */
  readonly minutes: Readonly<Record<string, KnownMinute>>;
  /** Start of the newest minute; absent before the first. */
  readonly newest?: number;
  /** Minutes before are settled; on the hour. Absent until then. */
  readonly settledUntil?: number;
  readonly fives: SettledSteps;
  readonly hours: SettledSteps;
  readonly surges: SurgeRecorder;
  /** Settled calls and cold starts of the last two weeks; absent in states from before they were kept. */
  readonly coldDays?: readonly ColdDay[];
  /** Windows that came after their minute was settled, or from a future that the clock does not know. */
  readonly unusable: number;
}

const NOTHING: SettledSteps = { calls: [], busyMs: [], peak: [], costUsd: [] };

/** The state before the first window. */
export function newLoadState(): LoadState {
  return { version: 1, minutes: {}, fives: NOTHING, hours: NOTHING, surges: NO_SURGE, unusable: 0 };
}
