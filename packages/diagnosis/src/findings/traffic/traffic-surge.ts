import { expectedCalls, usualOfDay } from '../../assess/load.ts';
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

const SUDDEN_RATIO = 10;
/** Beyond the highest burst that was seen. */
const BEYOND_BURSTS = 2;
/** Minutes, of the last ten, that say what it was like before. */
const BEFORE = 3;

/**
 * Traffic that grew tenfold within ten minutes, and on: a loop that doubles each minute outruns no expectation that follows the last quarter of an hour, and after some minutes looks usual. So it is held against
 * the time of the day of other days and the minutes of ten minutes ago, and has to be twice the highest burst. A day's beginning takes longer.
 */
export function suddenSurgeOf({ seen, core }: Judgement): Surge | undefined {
  const { load } = core.baseline;
  if (core.minutes < LEAST_MINUTES || core.lastCalls.length < 10) return undefined;
  const [, before = 0] = core.lastCalls.slice(0, BEFORE).sort((a, b) => a - b);
  const expected = Math.max(1, before, usualOfDay(load, seen.start));
  const ratio = seen.calls / expected;
  if (ratio < Math.max(SUDDEN_RATIO, BEYOND_BURSTS * load.peakRatio)) return undefined;
  if (seen.calls - expected < SUDDEN_RATIO * LEAST_ADDED) return undefined;
  return { expected, ratio, surprise: Math.min(40, countSurprise(seen.calls, expected, load.dispersion)) };
}
