import { twoProportionSurprise } from '../../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, type Histogram, quantileOf } from '../../statistics/histogram.ts';
import { quotedText } from '../../templates/visible-text.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, counted, duration, number, percent, times } from '../words.ts';
import { blame } from './blame-version.ts';
import { type Comparison, compareVersions, LEAST_CALLS } from './compare-versions.ts';
import { isProven } from './proven-version.ts';
import { judgeInits, LEAST_SURPRISE, sorted } from './slow-inits.ts';

/**
 * The new version fails or takes longer than the old one: the likelihood ratio of two proportions (Wilks 1938) for failures, and of the share of calls above the
 * old version's p90 for durations, of warm calls, and against those just before the deploy as well; at least ten calls of the new one, three times the failures, or half as slow again. Where the old version still runs and is sick
 * as well, the calls of the same minutes are compared, so that what befalls both is not blamed on the deploy; what befalls a version that did well for ten minutes is not, either.
 */
export const badDeploy: Rule = {
  class: 'bad-deploy',
  opensAfter: 1,
  quietMinutes: 15,
  judge(judgement) {
    const comparison = compareVersions(judgement);
    if (comparison === undefined || comparison.after.calls < LEAST_CALLS || comparison.before.calls < LEAST_CALLS)
      return undefined;
    const isOpen = isOpenFor(judgement, comparison);
    if (!isOpen && isProven(judgement, comparison.version)) return undefined;
    const ofVersion = { ...judgement, isOpen };
    return (
      judgeFailures(comparison, ofVersion) ?? judgeDurations(comparison, ofVersion) ?? judgeInits(comparison, ofVersion)
    );
  },
};

/** What was said of a version makes nobody more suspicious of the next one, which may be the way back. */
const isOpenFor = ({ core }: Judgement, comparison: Comparison): boolean =>
  core.incidents.some(
    ({ class: type, resolvedAt, cause }) =>
      type === 'bad-deploy' && resolvedAt === undefined && cause === blame(comparison).cause,
  );

function judgeFailures(comparison: Comparison, judgement: Judgement): Signal | undefined {
  const { before, after } = comparison;
  const shareBefore = before.failures / before.calls;
  const share = after.failures / after.calls;
  const surprise = twoProportionSurprise(
    { events: before.failures, trials: before.calls },
    { events: after.failures, trials: after.calls },
  );
  const factor = judgement.isOpen ? 2 : 3;
  if (
    surprise < (judgement.isOpen ? 4 : LEAST_SURPRISE) ||
    share < Math.max(0.005, factor * shareBefore) ||
    after.failures < 3
  )
    return undefined;
  return {
    surprise: surprise + 6,
    severity: share >= 0.05 ? 'critical' : 'warning',
    magnitude: share / Math.max(shareBefore, 0.002),
    title: `fails in version ${comparison.version}: ${percent(share)} of its calls instead of ${percent(shareBefore)}`,
    explanation: `Version ${comparison.version}, first seen at ${clock(comparison.since)}, fails in ${number(after.failures)} of ${counted(after.calls, 'call')} (${percent(share)}); the version before it in ${percent(shareBefore)} of ${number(Math.round(before.calls))}.${saying(comparison, judgement)} Going back to the version before ends it.`,
    evidence: [
      {
        text: `${percent(share)} of the calls of version ${comparison.version} fail, ${percent(shareBefore)} of those of the version before.`,
        metric: 'failures by version',
        before: shareBefore * 100,
        after: share * 100,
        unit: '%',
        since: comparison.since,
        ...requests(judgement),
      },
    ],
    ...blame(comparison),
  };
}

/** What most of the version's errors in the minute say. Errors are not told by version: empty where they may be those of another one that still runs. */
function saying({ version }: Comparison, { seen }: Judgement): string {
  const [first] = seen.fingerprints ?? [];
  const [own, others] = [true, false].map((wanted) =>
    (seen.versions ?? [])
      .filter((each) => (each.version === version) === wanted)
      .reduce((sum, { failures }) => sum + failures, 0),
  ) as [number, number];
  return first === undefined || first.count - others <= own / 2
    ? ''
    : ` Most of the errors say ${quotedText(first.text)}.`;
}

function judgeDurations(comparison: Comparison, judgement: Judgement): Signal | undefined {
  const { before, after, justBefore = before.durations } = comparison;
  if (judgement.seen.coldStarts >= 0.5 * judgement.seen.calls) return undefined;
  const slower = slowerThan(before.durations, after.durations, judgement.isOpen);
  if (slower === undefined || slowerThan(justBefore, after.durations, judgement.isOpen) === undefined) return undefined;
  const { surprise, ratio, beforeMs, afterMs } = slower;
  return {
    surprise,
    severity: ratio >= 5 ? 'critical' : 'warning',
    magnitude: ratio,
    title: `is ${times(ratio)} as slow in version ${comparison.version}`,
    explanation: `Half of the calls of version ${comparison.version}, first seen at ${clock(comparison.since)}, take ${duration(afterMs)} or more; with the version before it was ${duration(beforeMs)}. Going back to the version before ends it.`,
    evidence: [
      {
        text: `The median duration is ${duration(afterMs)} in version ${comparison.version} and was ${duration(beforeMs)} before.`,
        metric: 'duration p50 by version',
        before: Math.round(beforeMs),
        after: Math.round(afterMs),
        unit: 'ms',
        since: comparison.since,
        ...requests(judgement),
      },
    ],
    ...blame(comparison),
  };
}

function slowerThan(before: Histogram, after: Histogram, isOpen: boolean) {
  if (countOf(before) < LEAST_CALLS || countOf(after) < LEAST_CALLS) return undefined;
  const beforeMs = quantileOf(before, 0.5) ?? 0;
  const afterMs = quantileOf(sorted(after), 0.5) ?? 0;
  const edge = binOf(quantileOf(before, 0.9) ?? 0);
  const above = (durations: Histogram) => ({ events: countAbove(durations, edge), trials: countOf(durations) });
  const surprise = twoProportionSurprise(above(before), above(after));
  const ratio = afterMs / Math.max(1, beforeMs);
  const isSlower = surprise >= (isOpen ? 5 : 14) && ratio >= (isOpen ? 1.3 : 1.6) && afterMs - beforeMs >= 20;
  return isSlower ? { surprise, ratio, beforeMs, afterMs } : undefined;
}

function requests({ seen }: Judgement): { requestIds?: string[] } {
  const ids = [
    ...(seen.fingerprints ?? []).flatMap((each) => each.requestIds),
    ...seen.timedOut,
    ...seen.slowest,
  ].slice(0, 3);
  return ids.length > 0 ? { requestIds: ids } : {};
}
