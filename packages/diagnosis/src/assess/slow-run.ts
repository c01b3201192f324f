import { countAbove, countOf, type Histogram } from '../statistics/histogram.ts';
import { significant } from '../statistics/significant.ts';
import type { Observation } from '../windows/observation.ts';
import { tailEdge, usualTail } from './slow-tail.ts';

/** Minutes with calls, one after the other, in which every call was far slower than was usual before them. */
export interface SlowRun {
  readonly since: number;
  readonly minutes: number;
  /** The bin that all are above, and which share of the calls was before the run: while it lasts, its own calls are learnt. */
  readonly edge: number;
  readonly share: number;
}

/** The run after a minute that has calls; undefined where one of them was not slow, or nobody knows what is usual. What is between the minutes does not count. */
export function rememberSlowRun(
  before: SlowRun | undefined,
  { start, histogram }: Pick<Observation, 'start' | 'histogram'>,
  usual: Histogram,
): SlowRun | undefined {
  const edge = before?.edge ?? tailEdge(usual);
  const calls = countOf(histogram);
  if (edge === undefined || calls === 0 || countAbove(histogram, edge) < calls) return undefined;
  if (before !== undefined) return { ...before, minutes: Math.min(1e6, before.minutes + 1) };
  return { since: start, minutes: 1, edge, share: significant(usualTail(usual, edge), 4) };
}
