import { fade, type Histogram } from '../statistics/histogram.ts';
import { significant } from '../statistics/significant.ts';
import { handledCalls, type Observation } from '../windows/observation.ts';
import { type Baseline, type FailureKind, type Share, usualShare } from './baseline.ts';
import { type FailureRuns, rememberRuns } from './failure-runs.ts';
import { rememberSlowRun, type SlowRun } from './slow-run.ts';
import { rememberTail, type SlowMinute } from './slow-tail.ts';

/**
 * The last few calls, pooled over as many minutes as it takes to have some twenty of them (for failures, which are rarer, some sixty): what three calls an hour and a thousand a second
 * have in common. A busy minute replaces what was before it almost whole.
 */
export interface Recent {
  readonly failures: Readonly<Record<FailureKind, Share>>;
  /** Calls that logged an error and ended well, as failures; absent in states from before it was known. */
  readonly handled?: Share;
  readonly durations: Histogram;
  /** More of them, some 400: what a tail can be fitted to, of five calls a minute too. */
  readonly tail: Histogram;
  /** How many of `durations` started an environment beyond what is usual; absent in states from before it was known. */
  readonly cold?: number;
  /** Calls far out in each of the last few minutes; absent in states from before it was known. */
  readonly slow?: readonly SlowMinute[];
  /** Minutes of slow calls alone; absent where the last one has another. */
  readonly slowRun?: SlowRun;
  /** Failures since the last call that ended well; absent in states from before they were known. */
  readonly runs?: FailureRuns;
}

export const NO_RECENT: Recent = {
  failures: { errors: [0, 0], timeouts: [0, 0], outOfMemory: [0, 0], initErrors: [0, 0] },
  durations: [],
  tail: [],
};

const POOLED_CALLS = 20;
const FAILURE_CALLS = 60;
const TAIL_CALLS = 400;
const HALF_LIFE_MINUTES = 120;

/** Pools a window of calls; `elapsedMinutes` since the one before; `baseline` from before it. */
export function pool(recent: Recent, seen: Observation, elapsedMinutes: number, baseline: Baseline): Recent {
  if (seen.calls === 0) return recent;
  const aged = 0.5 ** (elapsedMinutes / HALF_LIFE_MINUTES);
  const keep = Math.exp(-seen.calls / POOLED_CALLS) * aged;
  const keepFailures = Math.exp(-seen.calls / FAILURE_CALLS) * aged;
  const cold = moreCold(seen, baseline);
  const slowRun = rememberSlowRun(recent.slowRun, seen, baseline.durations);
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
    handled: share(recent.handled ?? [0, 0], handledCalls(seen)),
    durations: fade(recent.durations, keep, seen.histogram),
    tail: fade(recent.tail, Math.exp(-seen.calls / TAIL_CALLS) * aged, seen.histogram),
    cold: round((recent.cold ?? 0) * keep + cold),
    slow: rememberTail(recent.slow ?? [], seen, baseline.durations, cold),
    ...(slowRun === undefined ? {} : { slowRun }),
    runs: rememberRuns(recent.runs ?? {}, seen, baseline),
  };
}

/** Of fewer calls in a minute, and of a function that is known for less, the rule of cold starts says nothing: then slow calls stay slow calls. */
export const LEAST_COLD_CALLS = 15;
export const LEAST_COLD_MINUTES = 60;

/** Calls that started an environment, beyond the usual share. They are slower for that, which is no slow-down of the function. */
function moreCold({ calls, coldStarts }: Observation, { cold, load }: Baseline): number {
  if (calls < LEAST_COLD_CALLS || load.minutes < LEAST_COLD_MINUTES) return 0;
  return Math.max(0, coldStarts - calls * usualShare(cold, 0.01));
}

const round = (value: number): number => significant(value, 5);
