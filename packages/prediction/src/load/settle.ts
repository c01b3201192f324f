import { advanceSurges, type SurgeRecorder } from '../surges/surge-recorder.ts';
import { tallyCold } from './cold-days.ts';
import type { KnownMinute, LoadState, SettledSteps } from './load-state.ts';
import { MINUTE_MS, type MinuteLoad, QUIET_MINUTE } from './minute-load.ts';

export const FIVE_MS = 5 * MINUTE_MS;
export const HOUR_MS = 60 * MINUTE_MS;
/** A minute may be corrected for at least so long after the newest one. */
const LATENESS_MS = 3 * HOUR_MS;
/** Three days by five minutes and six weeks by the hour. */
const FIVES_KEPT = 864;
const HOURS_KEPT = 1_008;

/** Moves whole hours that lie far enough back from the minutes into the settled steps. */
export function settle(state: LoadState): LoadState {
  const { newest, minutes } = state;
  if (newest === undefined) return state;
  const starts = Object.keys(minutes).map(Number);
  const from = state.settledUntil ?? hourOf(Math.min(...starts));
  const until = hourOf(newest - LATENESS_MS);
  if (until <= from) return state;
  // Of a gap only as much is told as is kept.
  const first = Math.max(from, until - HOURS_KEPT * HOUR_MS);
  let { fives, hours, surges, coldDays = [] } = state;
  for (let hour = first; hour < until; hour += HOUR_MS) {
    const loads = Array.from({ length: 60 }, (_, at) => loadAt(minutes, hour + at * MINUTE_MS));
    const parts = Array.from({ length: 12 }, (_, at) => sumOf(loads.slice(5 * at, 5 * at + 5)));
    const lastCalls = parts.map((_, at) => loads[5 * at + 4]!.calls);
    fives = {
      ...append(fives, parts, FIVES_KEPT),
      lastCalls: [...(fives.lastCalls ?? []), ...lastCalls].slice(-FIVES_KEPT),
    };
    hours = append(hours, [sumOf(loads)], HOURS_KEPT);
    surges = recordHour(surges, hour, loads);
    coldDays = tallyCold(coldDays, hour, loads);
  }
  const kept = Object.entries(minutes).filter(([start]) => Number(start) >= until);
  return { ...state, minutes: Object.fromEntries(kept), settledUntil: until, fives, hours, surges, coldDays };
}

const recordHour = (surges: SurgeRecorder, hour: number, loads: readonly MinuteLoad[]): SurgeRecorder =>
  loads.reduce((recorder, { peak }, at) => advanceSurges(recorder, hour + at * MINUTE_MS, peak), surges);

export const hourOf = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS;

export const loadAt = (minutes: Readonly<Record<string, KnownMinute>>, start: number): MinuteLoad =>
  minutes[start]?.load ?? QUIET_MINUTE;

export interface Step {
  readonly calls: number;
  readonly busyMs: number;
  readonly peak: number;
  readonly costUsd: number;
}

/** The minutes of a step as one. */
export function sumOf(loads: readonly Step[]): Step {
  const total = { calls: 0, busyMs: 0, peak: 0, costUsd: 0 };
  for (const { calls, busyMs, peak, costUsd } of loads) {
    total.calls += calls;
    total.busyMs += busyMs;
    total.costUsd += costUsd;
    if (peak > total.peak) total.peak = peak;
  }
  return total;
}

function append(steps: SettledSteps, more: readonly Step[], kept: number): SettledSteps {
  const of = (key: keyof Step): number[] => [...steps[key], ...more.map((step) => rounded(step[key]))].slice(-kept);
  return { calls: of('calls'), busyMs: of('busyMs'), peak: of('peak'), costUsd: of('costUsd') };
}

/** Six digits: a state is stored. */
const rounded = (value: number): number => Number(value.toPrecision(6));
