import { fitTail, probabilityAbove, type TailFit } from '@lamplighter/time-series';
import { bucketsOf, countOf, type Histogram } from './histogram.ts';

/** Of fewer calls nothing is said about a tail. */
const LEAST_CALLS = 100;

/** How likely a call crosses the timeout, and the fit that says so. */
export interface TimeoutChance {
  readonly probability: number;
  readonly fit: TailFit;
}

/** The chance by the tail of the last calls, its shape drawn to the usual one (packages/time-series, tail-fit.ts); undefined where they are too few. O(bins). */
export function timeoutChance(recent: Histogram, usual: Histogram, timeoutMs: number): TimeoutChance | undefined {
  if (countOf(recent) < LEAST_CALLS) return undefined;
  const fit = fitTail(bucketsOf(recent), fitTail(bucketsOf(usual))?.shape);
  return fit === undefined ? undefined : { probability: probabilityAbove(fit, timeoutMs), fit };
}

/** A chance that was learnt, with the timeout that it is of; alone in states from before the timeout was known. */
export type LearntChance = number | readonly [timeoutMs: number, probability: number];

/** The usual chance of a timeout: as it was learnt, or by the usual durations where nothing was learnt of this timeout; undefined where those are too few as well. */
export function usualChance(learnt: LearntChance | undefined, usual: Histogram, timeoutMs: number): number | undefined {
  if (typeof learnt === 'number') return learnt;
  if (learnt?.[0] === timeoutMs) return learnt[1];
  const fit = fitTail(bucketsOf(usual));
  return fit === undefined ? undefined : probabilityAbove(fit, timeoutMs);
}
