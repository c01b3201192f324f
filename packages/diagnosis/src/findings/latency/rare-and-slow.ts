import { type Calls, compareAt, type SlowDown } from './slow-middle.ts';

const LEAST_MINUTES = 3;
/** What is slow for less is told by the calls of these minutes. */
const LEAST_MS = 900_000;

/**
 * A function of a call now and then, an hourly job for instance, is slow each time: every call of so many minutes with calls is half as long again as the usual p95. Calls of one minute count as one, and
 * what they have by chance is their usual share, to the power of the minutes. The middle has to be slow as well.
 */
export function rareAndSlow(judgement: Calls, ratio: number): SlowDown | undefined {
  const { core, seen, recent } = judgement;
  const { slowRun } = recent;
  if (slowRun === undefined || slowRun.minutes < LEAST_MINUTES || seen.start - slowRun.since < LEAST_MS)
    return undefined;
  const compared = compareAt(0.5, judgement, core.baseline.durations, ratio);
  if (compared === undefined) return undefined;
  const { beforeMs, afterMs } = compared;
  const surprise = -slowRun.minutes * Math.log(slowRun.share);
  return { surprise, beforeMs, afterMs, quantile: 'median', calls: slowRun.minutes, opensAfter: 1 };
}
