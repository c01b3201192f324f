import { usualShare } from '../assess/baseline.ts';
import { binomialSurprise } from '../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, type Histogram, quantileOf } from '../statistics/histogram.ts';
import { type Judgement, type Rule, type Signal, timeoutOf } from './rule.ts';
import { clock, duration, number, times } from './words.ts';

/** How much slower calls became. */
export interface SlowDown {
  readonly surprise: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly quantile: 'median' | 'p95';
  readonly calls: number;
}

const LEAST_USUAL_CALLS = 30;
const LEAST_SURPRISE = 14;
/** Four times the function's own noise, and by no less than half. */
const NOISE_FACTOR = 4;
const LEAST_ADDED_MS = 20;

/** Durations of the last calls are longer than usual, in the middle or in the tail. */
export const slowDown: Rule = {
  class: 'slow-down',
  opensAfter: 1,
  judge(judgement) {
    const { seen, core, recent, isOpen } = judgement;
    const slow = measureSlowDown(core.baseline.durations, recent.durations, core.baseline.medianNoise, isOpen);
    if (slow === undefined || seen.calls === 0) return undefined;
    return tellSlowDown(slow, judgement);
  },
};

/**
 * A quantile test: how unlikely it is that so many of the calls are above the usual p75 (for the middle) or p95 (for the tail) when a quarter
 * or a twentieth should be (sign test of a quantile, Conover 1999, with Chernoff's bound). The change must also be large: half as slow again, more
 * than the noise of this function's own medians, and by 20 ms.
 */
export function measureSlowDown(
  usual: Histogram,
  now: Histogram,
  noise: number,
  isOpen: boolean,
): SlowDown | undefined {
  if (countOf(usual) < LEAST_USUAL_CALLS || countOf(now) < 1) return undefined;
  const leastRatio = Math.max(isOpen ? 1.3 : 1.6, Math.exp((isOpen ? 2 : NOISE_FACTOR) * noise));
  const least = isOpen ? LEAST_SURPRISE / 3 : LEAST_SURPRISE;
  const quantiles = [
    { quantile: 'median', at: 0.5, above: 0.75, ratio: leastRatio },
    { quantile: 'p95', at: 0.95, above: 0.95, ratio: Math.max(2.5, leastRatio) },
  ] as const;
  for (const each of quantiles) {
    const slow = compareAt(each, usual, now);
    if (slow !== undefined && slow.surprise >= least) return slow;
  }
  return undefined;
}

interface ComparedQuantile {
  readonly quantile: SlowDown['quantile'];
  readonly at: number;
  /** The usual quantile above which calls are counted. */
  readonly above: number;
  readonly ratio: number;
}

function compareAt(
  { quantile, at, above, ratio }: ComparedQuantile,
  usual: Histogram,
  now: Histogram,
): SlowDown | undefined {
  const beforeMs = quantileOf(usual, at) ?? 0;
  const afterMs = quantileOf(now, at) ?? 0;
  if (afterMs < beforeMs * ratio || afterMs - beforeMs < LEAST_ADDED_MS) return undefined;
  const edge = binOf(Math.max(quantileOf(usual, above) ?? 0, quantile === 'p95' ? beforeMs * 1.5 : 0));
  const share = usualShare([countAbove(usual, edge), countOf(usual)], 1 - above, 1);
  const calls = countOf(now);
  const slower = countAbove(now, edge);
  if (quantile === 'p95' && slower / calls < 4 * share) return undefined;
  return { surprise: binomialSurprise(slower, calls, share), beforeMs, afterMs, quantile, calls };
}

export function tellSlowDown(slow: SlowDown, judgement: Judgement): Signal {
  const ratio = slow.afterMs / slow.beforeMs;
  const part = slow.quantile === 'median' ? 'half of the calls take' : 'one call in twenty takes';
  const { seen, since } = judgement;
  const timeoutMs = timeoutOf(judgement);
  const isNear = timeoutMs !== undefined && slow.afterMs > timeoutMs / 2;
  return {
    surprise: slow.surprise,
    severity: ratio >= 5 || isNear ? 'critical' : 'warning',
    magnitude: ratio,
    title: `${slow.quantile === 'median' ? 'is' : 'is, in one call of twenty,'} ${times(ratio)} as slow as usual`,
    explanation: `Since ${clock(since)} ${part} ${duration(slow.afterMs)} or more instead of ${duration(slow.beforeMs)}, seen in ${number(Math.round(slow.calls))} calls.${isNear ? ` The timeout is ${duration(timeoutMs)}.` : ''}`,
    evidence: [
      {
        text: `The ${slow.quantile === 'median' ? 'median' : '95th percentile of the'} duration rose from ${duration(slow.beforeMs)} to ${duration(slow.afterMs)} at ${clock(seen.start)}.`,
        metric: slow.quantile === 'median' ? 'duration p50' : 'duration p95',
        before: Math.round(slow.beforeMs),
        after: Math.round(slow.afterMs),
        unit: 'ms',
        since: seen.start,
        ...(seen.slowest.length > 0 ? { requestIds: [...seen.slowest] } : {}),
      },
    ],
  };
}
