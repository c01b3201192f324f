import { binOf, countAbove, countOf, type Histogram, quantileOf } from '../statistics/histogram.ts';
import type { Observation } from '../windows/observation.ts';
import { type Share, usualShare } from './baseline.ts';

/** Calls of a minute that are far slower than usual, and how many there were. */
export interface SlowMinute {
  readonly start: number;
  readonly slow: number;
  readonly calls: number;
  /** Of the slow ones those where practically no call is; absent in states from before it was known. */
  readonly far?: number;
}

const LEAST_USUAL_CALLS = 30;
/** Half as long again as the usual p95. */
const BEYOND_P95 = 1.5;
/** However clean the usual durations are: one call in a hundred may be slow. */
const LEAST_SHARE = 0.01;
/** Three times the usual p95: where practically no call is. */
const FAR_BEYOND_P95 = 3;
/** However clean the usual durations are: one call in a thousand may be far out. */
const LEAST_FAR_SHARE = 0.001;
const KEPT_MINUTES = 5;
const KEPT_MS = 600_000;

/** The bin above which a call is far slower than usual; undefined where too few calls are known. */
export function tailEdge(usual: Histogram): number | undefined {
  return edgeBeyond(usual, BEYOND_P95);
}

/** Which share of the calls is usually above it. */
export function usualTail(usual: Histogram, edge: number): number {
  return shareAbove(usual, edge, LEAST_SHARE);
}

/** Which share of the calls is usually three times the usual p95 or longer; undefined where too few calls are known. */
export function usualFar(usual: Histogram): number | undefined {
  const edge = farEdge(usual);
  return edge === undefined ? undefined : shareAbove(usual, edge, LEAST_FAR_SHARE);
}

const farEdge = (usual: Histogram): number | undefined => edgeBeyond(usual, FAR_BEYOND_P95);

function edgeBeyond(usual: Histogram, factor: number): number | undefined {
  if (countOf(usual) < LEAST_USUAL_CALLS) return undefined;
  return binOf((quantileOf(usual, 0.95) ?? 0) * factor);
}

function shareAbove(usual: Histogram, edge: number, floor: number): number {
  const known: Share = [countAbove(usual, edge), countOf(usual)];
  return usualShare(known, floor, 1);
}

/**
 * The last few minutes with calls, this one included: of little traffic a minute alone says nothing, some of them together do.
 * So many calls as started an environment beyond what is usual are taken for the slowest, and left out.
 */
export function rememberTail(
  before: readonly SlowMinute[],
  { start, calls, histogram }: Pick<Observation, 'start' | 'calls' | 'histogram'>,
  usual: Histogram,
  coldCalls: number,
): readonly SlowMinute[] {
  const [edge, far] = [tailEdge(usual), farEdge(usual)];
  if (edge === undefined || far === undefined || calls === 0) return before;
  const minute: SlowMinute = {
    start,
    slow: Math.max(0, countAbove(histogram, edge) - coldCalls),
    calls: Math.max(0, countOf(histogram) - coldCalls),
    far: Math.max(0, countAbove(histogram, far) - coldCalls),
  };
  return [...before.filter((each) => start - each.start <= KEPT_MS), minute].slice(-KEPT_MINUTES);
}

/** How far a minute's slow calls stray from what is usual, in units of a binomial's variance: 1 where slow calls come one by one, more where they come in bursts. */
export function tailStray({ slow, calls }: SlowMinute, share: number): number {
  const expected = calls * share;
  return Math.min(50, (slow - expected) ** 2 / Math.max(0.5, expected * (1 - share)));
}
