import { findLevel, type Level, median } from './level.ts';
import type { Measures } from './node-record.ts';

/** What a node had above its normal in one period. */
export interface Excess {
  /** Milliseconds of all its requests together, or errors; 0 or more. */
  readonly amount: number;
  /** In usual deviations; 0 or more. */
  readonly deviations: number;
  /** Milliseconds, or errors per request. */
  readonly normal: number;
  readonly observed: number;
}

export interface MeasuredTimes {
  readonly before: readonly Measures[];
  readonly since: readonly Measures[];
  readonly reference: readonly Measures[];
}

const NO_EXCESS: Excess = { amount: 0, deviations: 0, normal: 0, observed: 0 };

/**
 * Additional time since the onset, a period each: requests x (latency - its normal). What a node that was never called before takes is
 * not its own excess but its caller's, which calls it now: 0. The mean of n service times is itself uncertain by level / sqrt(n)
 * (exponential service times), which widens the spread.
 */
export function findExcessTime(times: MeasuredTimes): readonly Excess[] {
  const level = findLevel(latencies(times.before), latencies(times.reference));
  if (level === undefined) return times.since.map(() => NO_EXCESS);
  const usual = Math.max(1, normalRequests(times));
  return fillUnknown(
    times.since.map(({ requests, latencyMs }) => {
      if (requests === 0) return NO_EXCESS;
      return latencyMs === null ? undefined : excessOfTime(level, requests ?? usual, latencyMs);
    }),
  );
}

function excessOfTime({ level, spread }: Level, count: number, latencyMs: number): Excess {
  const over = Math.max(0, latencyMs - level);
  const deviation = Math.hypot(spread, level / Math.sqrt(Math.max(1, count)));
  return { amount: over * count, deviations: over / deviation, normal: level, observed: latencyMs };
}

/**
 * Additional errors since the onset, a period each: errors - requests x the usual error rate. Errors of a node that was never called
 * before are its caller's. Spread: that of a Poisson count of one more than expected, and of the usual rates.
 */
export function findExcessErrors(times: MeasuredTimes): readonly Excess[] {
  const usual = findLevel(errorRates(times.before), errorRates(times.reference));
  if (usual === undefined) return times.since.map(() => NO_EXCESS);
  return fillUnknown(
    times.since.map(({ requests, errors }) => {
      if (requests === 0) return NO_EXCESS;
      return requests === null || errors === null ? undefined : excessOfErrors(usual, requests, errors);
    }),
  );
}

function excessOfErrors({ level, spread }: Level, requests: number, errors: number): Excess {
  const expected = level * requests;
  const amount = Math.max(0, errors - expected);
  const deviation = Math.hypot(Math.sqrt(expected + 1), spread * requests);
  return { amount, deviations: amount / deviation, normal: level, observed: errors / requests };
}

/** A period that was not measured is taken to be like the mean of those that were: else what calls it would look guilty in that period. */
function fillUnknown(found: readonly (Excess | undefined)[]): readonly Excess[] {
  const known = found.filter((each) => each !== undefined);
  const mean = (of: (excess: Excess) => number): number =>
    known.reduce((sum, each) => sum + of(each) / known.length, 0);
  const fill: Excess = {
    amount: mean(({ amount }) => amount),
    deviations: mean(({ deviations }) => deviations),
    normal: mean(({ normal }) => normal),
    observed: mean(({ observed }) => observed),
  };
  return found.map((each) => each ?? fill);
}

function latencies(measured: readonly Measures[]): readonly number[] {
  return measured.flatMap(({ latencyMs, requests }) => (latencyMs === null || requests === 0 ? [] : [latencyMs]));
}

function errorRates(measured: readonly Measures[]): readonly number[] {
  return measured.flatMap(({ errors, requests }) =>
    errors === null || requests === null || requests === 0 ? [] : [errors / requests],
  );
}

/** Requests a period in a normal time; 0 where it was never called. */
export function normalRequests({ before, reference }: MeasuredTimes): number {
  const counts = [...before, ...reference].flatMap(({ requests }) => (requests === null ? [] : [requests]));
  return counts.length === 0 ? 0 : median(counts);
}
