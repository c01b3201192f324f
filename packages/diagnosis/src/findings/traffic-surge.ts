import { expectedCalls } from '../assess/load.ts';
import { countSurprise } from '../statistics/count-surprise.ts';
import type { Judgement } from './rule.ts';

/** Calls far above what the time of the week and the last quarter of an hour let expect. */
export interface Surge {
  readonly expected: number;
  readonly ratio: number;
  readonly surprise: number;
}

const LEAST_MINUTES = 60;

/**
 * Calls as counts, with the dispersion that this function's minutes have (quasi-Poisson, see count-surprise.ts): at least so many times the highest
 * expectation, and half as much again as the highest ratio of the last hours, so that a function of bursts is measured by its bursts.
 */
export function surgeOf({ seen, core }: Judgement, leastRatio: number): Surge | undefined {
  if (core.minutes < LEAST_MINUTES) return undefined;
  const { load } = core.baseline;
  const expected = Math.max(1, expectedCalls(load, seen.start).most);
  const ratio = seen.calls / expected;
  if (ratio < leastRatio || ratio < 1.5 * load.peakRatio || seen.calls - expected < 20) return undefined;
  const surprise = countSurprise(seen.calls, expected, load.dispersion);
  return surprise < 16 ? undefined : { expected, ratio, surprise };
}
