import { type SlowMinute, usualFar } from '../../assess/slow-tail.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { TAIL_RATIO } from './long-tail.ts';
import { type Calls, compareAt, type SlowDown } from './slow-middle.ts';

const LEAST_FAR = 2;
/** One minute in a hundred and fifty, by chance. */
const LEAST_FAR_SUSPICION = 5;

/**
 * What may be a long tail: two calls or more of the last minutes, one of this minute among them, are where practically none is. Whether they are one event that caught several calls
 * durations cannot tell: traces are asked, and what they say decides.
 */
export function suspectFarCalls(judgement: Calls): SlowDown | undefined {
  const { core, seen, recent } = judgement;
  const share = usualFar(core.baseline.durations);
  const minutes = (recent.slow ?? []).toReversed();
  const compared = compareAt(0.95, judgement, core.baseline.durations, TAIL_RATIO);
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
