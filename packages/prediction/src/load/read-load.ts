import type { LoadState } from './load-state.ts';
import { MINUTE_MS } from './minute-load.ts';
import { FIVE_MS, HOUR_MS, hourOf, loadAt, type Step, sumOf } from './settle.ts';

const MINUTES = FIVE_MS / MINUTE_MS;

/** Values at equal distances; the first one begins at `start`. */
export interface TimedSeries<T> {
  readonly start: number;
  readonly stepMs: number;
  readonly steps: readonly T[];
}

/** The load by the minute, as far back as it is not settled (three hours at least, where there are so many), up to the newest minute. */
export function minutesOf(state: LoadState): TimedSeries<Step> {
  const start = beginning(state);
  if (state.newest === undefined || start === undefined) return { start: 0, stepMs: MINUTE_MS, steps: [] };
  const count = Math.max(0, (state.newest - start) / MINUTE_MS + 1);
  const steps = Array.from({ length: count }, (_, at) => loadAt(state.minutes, start + at * MINUTE_MS));
  return { start, stepMs: MINUTE_MS, steps };
}

/** The load by whole five minutes, days back. */
export const fivesOf = (state: LoadState): TimedSeries<Step> => stepsOf(state, FIVE_MS, 'fives');
/** What the last minute of each of `fivesOf` says of its calls: five times its own; where it was not kept, the five minutes' own. */
export function latestCallsOf(state: LoadState): number[] {
  const { start, steps } = fivesOf(state);
  const { calls, lastCalls = [] } = state.fives;
  const unknown = calls.length - lastCalls.length;
  return steps.map((step, at) => {
    if (at < unknown) return step.calls;
    if (at < calls.length) return MINUTES * lastCalls[at - unknown]!;
    return MINUTES * loadAt(state.minutes, start + (at + 1) * FIVE_MS - MINUTE_MS).calls;
  });
}

/** The load by whole hours of the clock, weeks back; of the first one what was seen of it, as it will be settled. */
export const hoursOf = (state: LoadState): TimedSeries<Step> => stepsOf(state, HOUR_MS, 'hours');

/** When the load was first seen: to the minute for three hours, to five minutes for three days, then by the hour. Nothing before the first minute. */
export function firstSeen(state: LoadState): number | undefined {
  if (state.settledUntil === undefined) return beginning(state);
  const fives = fivesOf(state);
  const hours = hoursOf(state);
  if (fives.start > hours.start) return hours.start;
  const first = fives.steps.findIndex(({ calls }) => calls > 0);
  return fives.start + Math.max(0, first) * FIVE_MS;
}

function stepsOf(state: LoadState, stepMs: number, name: 'fives' | 'hours'): TimedSeries<Step> {
  const live = minutesOf(state);
  const round = name === 'hours' ? Math.floor : Math.ceil;
  const liveFrom = round(live.start / stepMs) * stepMs;
  const skipped = (liveFrom - live.start) / MINUTE_MS;
  const perStep = stepMs / MINUTE_MS;
  const whole = Math.max(0, Math.floor((live.steps.length - skipped) / perStep));
  const steps = Array.from({ length: whole }, (_, at) => {
    const from = liveFrom + at * stepMs;
    return sumOf(Array.from({ length: perStep }, (__, minute) => loadAt(state.minutes, from + minute * MINUTE_MS)));
  });
  const settled = state[name];
  const before = settled.calls.map((calls, at) => ({
    calls,
    busyMs: settled.busyMs[at] ?? 0,
    peak: settled.peak[at] ?? 0,
    costUsd: settled.costUsd[at] ?? 0,
  }));
  return { start: liveFrom - before.length * stepMs, stepMs, steps: [...before, ...steps] };
}

/** The first minute that is not settled, or the first one ever. */
function beginning({ settledUntil, minutes, newest }: LoadState): number | undefined {
  if (settledUntil !== undefined) return settledUntil;
  const starts = Object.keys(minutes).map(Number);
  if (newest === undefined || starts.length === 0) return undefined;
  const first = Math.min(...starts);
  return newest - first > 24 * HOUR_MS ? hourOf(newest) : first;
}
