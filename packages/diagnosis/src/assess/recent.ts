import { fade, type Histogram } from '../statistics/histogram.ts';
import type { Observation } from '../windows/observation.ts';
import type { FailureKind, Share } from './baseline.ts';

/**
 * The last few calls, pooled over as many minutes as it takes to have some twenty of them (for failures, which are rarer, some sixty): what three calls an hour and a thousand a second
 * have in common. A busy minute replaces what was before it almost whole.
 */
export interface Recent {
  readonly failures: Readonly<Record<FailureKind, Share>>;
  readonly durations: Histogram;
  /** More of them, some 150: what a tail can be fitted to. */
  readonly tail: Histogram;
}

export const NO_RECENT: Recent = {
  failures: { errors: [0, 0], timeouts: [0, 0], outOfMemory: [0, 0], initErrors: [0, 0] },
  durations: [],
  tail: [],
};

const POOLED_CALLS = 20;
const FAILURE_CALLS = 60;
const TAIL_CALLS = 150;
const HALF_LIFE_MINUTES = 120;

/** Pools a window of calls; `elapsedMinutes` since the one before. */
export function pool(recent: Recent, seen: Observation, elapsedMinutes: number): Recent {
  if (seen.calls === 0) return recent;
  const aged = 0.5 ** (elapsedMinutes / HALF_LIFE_MINUTES);
  const keep = Math.exp(-seen.calls / POOLED_CALLS) * aged;
  const keepFailures = Math.exp(-seen.calls / FAILURE_CALLS) * aged;
  const share = ([events, trials]: Share, failed: number): Share => [
    round(events * keepFailures + failed),
    round(trials * keepFailures + seen.calls),
  ];
  return {
    failures: {
      errors: share(recent.failures.errors, seen.errors),
      timeouts: share(recent.failures.timeouts, seen.timeouts),
      outOfMemory: share(recent.failures.outOfMemory, seen.outOfMemory),
      initErrors: share(recent.failures.initErrors, seen.initErrors),
    },
    durations: fade(recent.durations, keep, seen.histogram),
    tail: fade(recent.tail, Math.exp(-seen.calls / TAIL_CALLS) * aged, seen.histogram),
  };
}

const round = (value: number): number => Number(value.toPrecision(5));
