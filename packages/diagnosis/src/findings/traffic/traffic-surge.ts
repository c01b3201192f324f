import { expectedCalls } from '../../assess/load.ts';
import { countSurprise } from '../../statistics/count-surprise.ts';
import type { Judgement } from '../rule.ts';

/** Calls far above what the time of the week and the last quarter of an hour let expect. */
export interface Surge {
  readonly expected: number;
  readonly ratio: number;
  readonly surprise: number;
}

const LEAST_MINUTES = 60;
const LEAST_ADDED = 20;

/**
 * Calls as counts, with the dispersion that this function's minutes have (quasi-Poisson, see count-surprise.ts), at least so many times the highest
 * expectation. Undefined where that is not reached.
 */
export function surgeOf({ seen, core }: Judgement, leastRatio: number, leastSurprise: number): Surge | undefined {
  if (core.minutes < LEAST_MINUTES) return undefined;
  const { load } = core.baseline;
  const expected = Math.max(1, expectedCalls(load, seen.start).most);
  const ratio = seen.calls / expected;
  if (ratio < leastRatio || seen.calls - expected < LEAST_ADDED) return undefined;
  const surprise = countSurprise(seen.calls, expected, load.dispersion);
  return surprise < leastSurprise ? undefined : { expected, ratio, surprise };
}

/** A function of bursts is measured by its bursts: a surge without any other sign is half as much again as the highest ratio of the last hours. */
export const isUnusualFor = (surge: Surge, { core }: Judgement): boolean =>
  surge.ratio >= 1.5 * core.baseline.load.peakRatio;
