import { type Baseline, usualShare } from '../assess/baseline.ts';
import { type SlowMinute, tailEdge, usualFar, usualTail } from '../assess/slow-tail.ts';
import { binomialSurprise } from '../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, quantileOf, withoutSlowest } from '../statistics/histogram.ts';
import { type Judgement, type Rule, type Signal, timeoutOf } from './rule.ts';
import { clock, duration, number, times } from './words.ts';

/** How much slower calls became. */
export interface SlowDown {
  readonly surprise: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly quantile: 'median' | 'p95';
  readonly calls: number;
  /** Minutes that have to show it for a finding. */
  readonly opensAfter: 1 | 2;
}

const LEAST_USUAL_CALLS = 30;
export const LEAST_SURPRISE = 14;
/** One minute in twenty, by chance. */
const LEAST_SUSPICION = 3;
/** Four times the function's own noise, and by no less than half. */
const NOISE_FACTOR = 4;
/** What stands out of it by less than this has to show twice: noise of a busy machine has no thin tail. */
const CERTAIN_FACTOR = 6;
/** Noise beyond this is not believed: what takes three times as long is told, however restless its function was while it was learnt. */
const MOST_NOISE = 0.27;
const LEAST_ADDED_MS = 20;
/** A tail is long when it takes so many times the usual. */
const TAIL_RATIO = 2.5;
/** A twentieth of the calls, so that the 95th percentile is among them. */
const TAIL_SHARE = 0.05;

const LEAST_FAR = 2;
/** One minute in a hundred and fifty, by chance. */
const LEAST_FAR_SUSPICION = 5;

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
  const ratio = Math.max(isOpen ? 1.3 : 1.6, Math.exp((isOpen ? 2 : NOISE_FACTOR) * noiseOf(baseline)));
  const least = isOpen ? LEAST_SURPRISE / 3 : LEAST_SURPRISE;
  return [shiftedMiddle(judgement, ratio), longTail(judgement, ratio, isOpen)].find(
    (slow) => slow !== undefined && slow.surprise >= least,
  );
}

/**
 * What may be a slow-down: the middle of this minute's calls, or of the last ones, is above the usual by three fifths, whatever the function's own noise. Nothing is told of it alone; traces
 * are asked, and what they say decides.
 */
export function suspectSlowDown(judgement: Middle & Pick<Judgement, 'seen' | 'isOpen'>): SlowDown | undefined {
  const { core, seen, recent, isOpen } = judgement;
  if (seen.calls === 0 || countOf(core.baseline.durations) < LEAST_USUAL_CALLS) return undefined;
  const ratio = isOpen ? 1.3 : 1.6;
  const minute = { ...recent, durations: seen.histogram, cold: seen.coldStarts };
  const [most] = [judgement, { ...judgement, recent: minute }]
    .flatMap((each) => shiftedMiddle(each, ratio) ?? [])
    .sort((a, b) => b.surprise - a.surprise);
  return most !== undefined && most.surprise >= LEAST_SUSPICION ? { ...most, opensAfter: 2 } : undefined;
}

const noiseOf = ({ medianNoise }: Pick<Baseline, 'medianNoise'>): number => Math.min(MOST_NOISE, medianNoise);

type Middle = Pick<Judgement, 'core' | 'recent'>;

function compareAt(quantile: number, { core, recent }: Middle, ratio: number) {
  const now = withoutSlowest(recent.durations, recent.cold ?? 0);
  const beforeMs = quantileOf(core.baseline.durations, quantile) ?? 0;
  const afterMs = quantileOf(now, quantile) ?? 0;
  const isLarge = afterMs >= beforeMs * ratio && afterMs - beforeMs >= LEAST_ADDED_MS;
  return isLarge ? { beforeMs, afterMs, now } : undefined;
}

function shiftedMiddle(judgement: Middle, ratio: number): SlowDown | undefined {
  const compared = compareAt(0.5, judgement, ratio);
  if (compared === undefined) return undefined;
  const { beforeMs, afterMs, now } = compared;
  const usual = judgement.core.baseline.durations;
  const edge = binOf(quantileOf(usual, 0.75) ?? 0);
  const calls = countOf(now);
  const surprise = binomialSurprise(
    countAbove(now, edge),
    calls,
    usualShare([countAbove(usual, edge), countOf(usual)], 0.25, 1),
  );
  const isCertain = Math.log(afterMs / beforeMs) >= CERTAIN_FACTOR * noiseOf(judgement.core.baseline);
  return { surprise, beforeMs, afterMs, quantile: 'median', calls, opensAfter: isCertain ? 1 : 2 };
}

/**
 * More calls than usual are half as long again as the usual p95: counted over the last minute, the last two, up to five, whichever is most unlikely, since of 13 calls a minute
 * one minute says little. Slow calls that come in bursts by nature surprise less (quasi-likelihood, Wedderburn 1974). Calls that run at the same time share a passing hiccup, and are one
 * event however many they are: a tail opens a finding when two minutes have it, this one among them.
 */
function longTail(judgement: Judgement, ratio: number, isOpen: boolean): SlowDown | undefined {
  const { durations: usual, tailDispersion = 1 } = judgement.core.baseline;
  const edge = tailEdge(usual);
  const compared = compareAt(0.95, judgement, Math.max(TAIL_RATIO, ratio));
  if (compared === undefined || edge === undefined) return undefined;
  const share = usualTail(usual, edge);
  const isLong = ({ slow, calls }: Counts): boolean => slow >= 1 && slow >= calls * Math.max(TAIL_SHARE, 4 * share);
  const spans = spansOf(judgement, isLong).filter((span) => isLong(span) && (isOpen || span.longMinutes >= 2));
  const surprised = spans.map((span) => ({
    ...span,
    surprise: binomialSurprise(span.slow, span.calls, share) / tailDispersion,
  }));
  const [most] = surprised.sort((a, b) => b.surprise - a.surprise);
  if (most === undefined) return undefined;
  const { calls, surprise } = most;
  const { beforeMs, afterMs } = compared;
  return { surprise, beforeMs, afterMs, quantile: 'p95', calls, opensAfter: 1 };
}

/**
 * What may be a long tail: two calls or more of the last minutes, one of this minute among them, are where practically none is. Whether they are one event that caught several calls
 * durations cannot tell: traces are asked, and what they say decides.
 */
export function suspectFarCalls(judgement: Middle & Pick<Judgement, 'seen'>): SlowDown | undefined {
  const { core, seen, recent } = judgement;
  const share = usualFar(core.baseline.durations);
  const minutes = (recent.slow ?? []).toReversed();
  const compared = compareAt(0.95, judgement, TAIL_RATIO);
  if (seen.calls === 0 || share === undefined || compared === undefined || !minutes[0]?.far) return undefined;
  const [most] = minutes
    .map((_, at) => surpriseOfFar(minutes.slice(0, at + 1), share, core.baseline.tailDispersion))
    .sort((a, b) => b.surprise - a.surprise);
  if (most === undefined || most.surprise < LEAST_FAR_SUSPICION) return undefined;
  const { beforeMs, afterMs } = compared;
  return { ...most, beforeMs, afterMs, quantile: 'p95', opensAfter: 1 };
}

function surpriseOfFar(minutes: readonly SlowMinute[], share: number, dispersion = 1) {
  const far = minutes.reduce((sum, each) => sum + (each.far ?? 0), 0);
  const calls = minutes.reduce((sum, each) => sum + each.calls, 0);
  return { calls, surprise: far < LEAST_FAR ? 0 : binomialSurprise(far, calls, share) / dispersion };
}

type Counts = Pick<SlowMinute, 'slow' | 'calls'>;

/** This minute, this and the one before, and so on, with how many of them have a long tail; none where this minute has not. */
function spansOf({ recent: { slow = [] } }: Judgement, isLong: (counts: Counts) => boolean) {
  const minutes = slow.toReversed();
  if (minutes[0] === undefined || !isLong(minutes[0])) return [];
  let sum = { slow: 0, calls: 0, longMinutes: 0 };
  return minutes.map((minute) => {
    sum = {
      slow: sum.slow + minute.slow,
      calls: sum.calls + minute.calls,
      longMinutes: sum.longMinutes + (isLong(minute) ? 1 : 0),
    };
    return sum;
  });
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
