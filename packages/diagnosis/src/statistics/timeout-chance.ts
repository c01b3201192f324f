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
