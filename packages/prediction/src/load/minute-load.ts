import type { FunctionWindow } from '@lamplighter/contracts';

/** What a forecast needs to know of one minute of a function, or of all functions of an account. */
export interface MinuteLoad {
  readonly calls: number;
  /** Milliseconds in which environments were busy, initialisations included. */
  readonly busyMs: number;
  readonly costUsd: number;
  /** Most environments busy at one instant; estimated where the logs did not tell. */
  readonly peak: number;
  readonly maxDurationMs: number;
  readonly coldStarts: number;
  readonly initMs: number;
  /** Environments were kept ready for the function: what of its calls was cold does not tell what would be without. */
  readonly isProvisioned?: true;
}

/** A minute in milliseconds. */
export const MINUTE_MS = 60_000;
export const QUIET_MINUTE: MinuteLoad = {
  calls: 0,
  busyMs: 0,
  costUsd: 0,
  peak: 0,
  maxDurationMs: 0,
  coldStarts: 0,
  initMs: 0,
};

/** Nothing real is larger; squares and sums stay finite. */
const LARGEST = 1e15;

/**
 * Most environments at one instant of a minute, in the median: busy time over the minute gives their mean (Little's law), independent arrivals make their number a
 * Poisson variable (M/G/∞, Kleinrock 1975), which rises to a level at the rate of calls times the probability of the level below. The highest is the one that it
 * rises to once in two minutes: normal density, with Poisson's skewness (Cornish & Fisher 1938). Never more than there were calls.
 */
export function estimatePeak(calls: number, busyMs: number): number {
  const mean = busyMs / MINUTE_MS;
  if (calls === 0 || mean === 0) return Math.min(1, calls);
  const rises = calls / (Math.LN2 * Math.sqrt(2 * Math.PI * mean));
  const deviations = Math.sqrt(2 * Math.max(0, Math.log(rises)));
  const highest = mean + deviations * Math.sqrt(mean) + Math.max(0, (deviations ** 2 - 1) / 6);
  return Math.min(calls, Math.max(1, highest));
}

/** A window as load; figures that no function can have (NaN, negative, infinite) count as nothing. */
export function minuteLoadOf(window: FunctionWindow): MinuteLoad {
  const calls = whole(window.invocations);
  const busyMs = whole(window.durationMs.sum) + whole(window.initDurationMs.sum);
  const told = usable(window.maxConcurrency ?? 0);
  return {
    calls,
    busyMs,
    costUsd: Number(usable(window.costUsd).toPrecision(6)),
    peak: told > 0 ? told : Number(estimatePeak(calls, busyMs).toPrecision(6)),
    maxDurationMs: whole(window.durationMs.max),
    coldStarts: whole(window.coldStarts),
    initMs: whole(window.initDurationMs.sum),
  };
}

/** A state is stored: no digits that say nothing. */
const whole = (value: number): number => Math.round(usable(value));
const usable = (value: number): number => (value > 0 && value <= LARGEST ? value : 0);

/** Two loads of one minute together. Independent peaks do not meet: their excess over the mean adds up in squares. */
export function addLoads(a: MinuteLoad, b: MinuteLoad): MinuteLoad {
  const [meanA, meanB] = [a.busyMs / MINUTE_MS, b.busyMs / MINUTE_MS];
  const excess = Math.hypot(Math.max(0, a.peak - meanA), Math.max(0, b.peak - meanB));
  return {
    calls: a.calls + b.calls,
    busyMs: a.busyMs + b.busyMs,
    costUsd: a.costUsd + b.costUsd,
    peak: meanA + meanB + excess,
    maxDurationMs: Math.max(a.maxDurationMs, b.maxDurationMs),
    coldStarts: a.coldStarts + b.coldStarts,
    initMs: a.initMs + b.initMs,
  };
}
