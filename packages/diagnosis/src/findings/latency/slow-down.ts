import { ratioAtThisHour } from '../../assess/served-version.ts';
import { countOf } from '../../statistics/histogram.ts';
import { type Judgement, type Rule, type Signal, timeoutOf } from '../rule.ts';
import { clock, duration, number, times } from '../words.ts';
import { longTail, TAIL_SHARE } from './long-tail.ts';
import { rareAndSlow } from './rare-and-slow.ts';
import { type Calls, noiseOf, type SlowDown, shiftedMiddle } from './slow-middle.ts';

const LEAST_USUAL_CALLS = 30;
export const LEAST_SURPRISE = 14;
/** One minute in twenty, by chance. */
const LEAST_SUSPICION = 3;
/** Four times the function's own noise, and by no less than half. */
const NOISE_FACTOR = 4;

/** Durations of the last calls are longer than usual, in the middle or in the tail. */
export const slowDown: Rule = {
  class: 'slow-down',
  opensAfter: 1,
  judge(judgement) {
    const slow = measureSlowDown(judgement, judgement.isOpen);
    if (slow === undefined || (slow.quantile === 'p95' && isTold(judgement))) return undefined;
    return tellSlowDown(slow, judgement);
  },
};

/** A tail that is told as the risk that it crosses the timeout is no second finding. */
const isTold = ({ core }: Judgement): boolean =>
  core.incidents.some((each) => each.class === 'timeout-risk' && each.resolvedAt === undefined);

/**
 * A quantile test: how unlikely it is that so many of the calls are above the usual p75 when a quarter should be (sign test of a quantile, Conover 1999, with Chernoff's
 * bound), or far above the usual p95 (see `longTail`). The change must also be large: more than the noise of this function's own medians, and by 20 ms.
 * Calls that started an environment, beyond the usual share, are taken for the slowest and left out: the finding of cold starts is theirs.
 */
export function measureSlowDown(judgement: Judgement, isOpen: boolean): SlowDown | undefined {
  const { baseline } = judgement.core;
  if (judgement.seen.calls === 0 || countOf(baseline.durations) < LEAST_USUAL_CALLS) return undefined;
  const ratio = Math.max(leastRatio(judgement, isOpen), Math.exp((isOpen ? 2 : NOISE_FACTOR) * noiseOf(baseline)));
  const least = isOpen ? LEAST_SURPRISE / 3 : LEAST_SURPRISE;
  return [shiftedMiddle(judgement, ratio), longTail(judgement, ratio, isOpen), rareAndSlow(judgement, ratio)].find(
    (slow) => slow !== undefined && slow.surprise >= least,
  );
}

/** Half as long again and a little more; where each day is slow at this hour, a third more than that. What is open is judged by less. */
const leastRatio = ({ core, seen }: Calls, isOpen: boolean): number =>
  isOpen ? 1.3 : Math.max(1.6, ratioAtThisHour(core.baseline, seen));

/**
 * What may be a slow-down: the middle of this minute's calls, or of the last ones, is above the usual by three fifths, whatever the function's own noise. Nothing is told of it alone; traces
 * are asked, and what they say decides.
 */
export function suspectSlowDown(judgement: Calls & Pick<Judgement, 'isOpen'>): SlowDown | undefined {
  const { core, seen, recent, isOpen } = judgement;
  if (seen.calls === 0 || countOf(core.baseline.durations) < LEAST_USUAL_CALLS) return undefined;
  const ratio = leastRatio(judgement, isOpen);
  const minute = { ...recent, durations: seen.histogram, cold: seen.coldStarts };
  const [most] = [judgement, { ...judgement, recent: minute }]
    .flatMap((each) => shiftedMiddle(each, ratio) ?? [])
    .sort((a, b) => b.surprise - a.surprise);
  return most !== undefined && most.surprise >= LEAST_SUSPICION ? { ...most, opensAfter: 2 } : undefined;
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
    reach: slow.quantile === 'median' ? 0.5 : TAIL_SHARE,
    opensAfter: slow.opensAfter,
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
