import { twoProportionSurprise } from '../../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, type Histogram, quantileOf } from '../../statistics/histogram.ts';
import type { Judgement } from '../rule.ts';

/** A version that did well for so long, in so many calls, is not what broke. */
const PROVEN_MS = 600_000;
const PROVEN_CALLS = 100;
const LEAST_SURPRISE = 4;

/**
 * Whether a version did well at first, and what is wrong came later: a deploy shows from its first calls on. Either an incident that is open, or suspected, began when the version was ten
 * minutes old; or this minute's calls differ from those that the version had until now, by failures or by durations.
 */
export function isProven({ core, seen }: Judgement, version: string): boolean {
  const record = core.versions.find((each) => each.version === version);
  const now = seen.versions?.find((each) => each.version === version);
  if (record === undefined || now === undefined || record.calls < PROVEN_CALLS) return false;
  const provenAt = record.firstAt + PROVEN_MS;
  if (seen.start < provenAt) return false;
  const isLate =
    core.incidents.some((each) => each.resolvedAt === undefined && each.openedAt >= provenAt) ||
    core.suspicions.some(({ firstAt }) => firstAt >= provenAt);
  const failsOtherwise = twoProportionSurprise(
    { events: record.failures, trials: record.calls },
    { events: now.failures, trials: now.calls },
  );
  return isLate || failsOtherwise > LEAST_SURPRISE || slowsOtherwise(record.durations, now.histogram) > LEAST_SURPRISE;
}

function slowsOtherwise(before: Histogram, now: Histogram): number {
  if (countOf(before) === 0 || countOf(now) === 0) return 0;
  const edge = binOf(quantileOf(before, 0.9) ?? 0);
  const above = (durations: Histogram) => ({ events: countAbove(durations, edge), trials: countOf(durations) });
  return twoProportionSurprise(above(before), above(now));
}
