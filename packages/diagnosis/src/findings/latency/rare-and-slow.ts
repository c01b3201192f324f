import { usualCalls } from '../../assess/load.ts';
import type { SlowRun } from '../../assess/slow-run.ts';
import { MINUTE_MS } from '../../assess/step.ts';
import { type Calls, compareAt, type SlowDown } from './slow-middle.ts';

const LEAST_MINUTES = 3;
/** What somebody does who is busy with it for less, four exports one after the other, is one event. */
const LEAST_MS = 3_600_000;
/** From call to call so many times the mean of the week, which counts nights: the few calls that a busy function gets at night, and many of one that is hardly called, are other work than the usual. */
const [LEAST_PAUSE, MOST_PAUSE] = [0.25, 3];

/**
 * A function of a call now and then, an hourly job for instance, is slow each time: every call of so many minutes with calls is half as long again as the usual p95. Calls of one minute count as one, and
 * what they have by chance is their usual share, to the power of the minutes, and less sure where slow calls cluster by nature (slow-tail.ts). The middle has to be slow as well.
 */
export function rareAndSlow(judgement: Calls, ratio: number): SlowDown | undefined {
  const { core, seen, recent } = judgement;
  const { slowRun } = recent;
  if (slowRun === undefined || slowRun.minutes < LEAST_MINUTES || seen.start - slowRun.since < LEAST_MS)
    return undefined;
  if (!isPaceUsual(slowRun, judgement)) return undefined;
  const compared = compareAt(0.5, judgement, core.baseline.durations, ratio);
  if (compared === undefined) return undefined;
  const { beforeMs, afterMs } = compared;
  const surprise = (-slowRun.minutes * Math.log(slowRun.share)) / (core.baseline.tailDispersion ?? 1);
  return { surprise, beforeMs, afterMs, quantile: 'median', calls: slowRun.minutes, opensAfter: 1 };
}

function isPaceUsual({ since, minutes }: SlowRun, { core, seen }: Calls): boolean {
  const usual = usualCalls(core.baseline.load) ?? 0;
  const pause = ((seen.start - since) / MINUTE_MS / (minutes - 1)) * usual;
  return pause >= LEAST_PAUSE && pause <= MOST_PAUSE;
}
