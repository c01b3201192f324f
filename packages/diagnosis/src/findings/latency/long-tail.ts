import { type SlowMinute, tailEdge, usualTail } from '../../assess/slow-tail.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { type Calls, compareAt, type SlowDown } from './slow-middle.ts';

/** A tail is long when it takes so many times the usual. */
export const TAIL_RATIO = 2.5;
/** A twentieth of the calls, so that the 95th percentile is among them. */
export const TAIL_SHARE = 0.05;

/**
 * More calls than usual are half as long again as the usual p95: counted over the last minute, the last two, up to five, whichever is most unlikely, since of 13 calls a minute
 * one minute says little. Slow calls that come in bursts by nature surprise less (quasi-likelihood, Wedderburn 1974). Calls that run at the same time share a passing hiccup, and are one
 * event however many they are: a tail opens a finding when two minutes have it, this one among them.
 */
export function longTail(judgement: Calls, ratio: number, isOpen: boolean): SlowDown | undefined {
  const { durations: usual, tailDispersion = 1 } = judgement.core.baseline;
  const edge = tailEdge(usual);
  const compared = compareAt(0.95, judgement, usual, Math.max(TAIL_RATIO, ratio));
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

type Counts = Pick<SlowMinute, 'slow' | 'calls'>;

/** This minute, this and the one before, and so on, with how many of them have a long tail; none where this minute has not. */
function spansOf({ recent: { slow = [] } }: Pick<Calls, 'recent'>, isLong: (counts: Counts) => boolean) {
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
