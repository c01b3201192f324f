import type { KnownMinute, LoadState } from './load-state.ts';
import { MINUTE_MS, type MinuteLoad } from './minute-load.ts';
import { settle } from './settle.ts';

/** Minutes of a load as they came: closed or corrected. */
export interface NewMinute {
  readonly start: number;
  readonly revision: number;
  readonly load: MinuteLoad;
}

/** Clocks of the sources may go ahead of ours by so much. */
const AHEAD_MS = 5 * MINUTE_MS;

/**
 * Takes minutes in: of a minute the highest revision counts. What lies ahead of `now`, is no time, or is settled already is counted and left out. Gives the
 * same state back where nothing is new.
 */
export function takeMinutes(state: LoadState, news: readonly NewMinute[], now: number): LoadState {
  const minutes: Record<string, KnownMinute> = {};
  let unusable = 0;
  for (const { start, revision, load } of news) {
    const isUsable = Number.isSafeInteger(start) && start > 0 && start % MINUTE_MS === 0 && start <= now + AHEAD_MS;
    if (!isUsable || start < (state.settledUntil ?? 0)) {
      unusable++;
      continue;
    }
    const known = minutes[start] ?? state.minutes[start];
    if (known === undefined || revision > known.revision) minutes[start] = { revision, load };
  }
  const starts = Object.keys(minutes).map(Number);
  if (starts.length === 0) return unusable === 0 ? state : { ...state, unusable: state.unusable + unusable };
  const newest = Math.max(state.newest ?? 0, ...starts);
  const merged = { ...state.minutes, ...minutes };
  return settle({ ...state, minutes: merged, newest, unusable: state.unusable + unusable });
}
