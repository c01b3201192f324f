import type { VersionRecord } from '../assess/core.ts';
import { twoProportionSurprise } from '../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, type Histogram, quantileOf } from '../statistics/histogram.ts';
import type { Judgement, Rule, Signal } from './rule.ts';
import { clock, counted, duration, number, percent, times } from './words.ts';

/** A version is new for so long; what goes wrong later has another cause. */
const NEW_FOR_MS = 3_600_000;
const LEAST_CALLS = 10;
const LEAST_SURPRISE = 8;

/** Before and after a deploy: the old version (or the function before the deploy) and the new one. */
export interface Comparison {
  readonly version: string;
  readonly since: number;
  readonly before: Side;
  readonly after: Side;
}

interface Side {
  readonly calls: number;
  readonly failures: number;
  readonly durations: Histogram;
}

/**
 * The new version fails or takes longer than the old one: the likelihood ratio of two proportions (Wilks 1938) for failures, and of the share of calls above the
 * old version's p90 for durations; at least ten calls of the new one, three times the failures, or half as slow again. Where the old version still runs and is sick
 * as well, the calls of the same minutes are compared, so that what befalls both is not blamed on the deploy.
 */
export const badDeploy: Rule = {
  class: 'bad-deploy',
  opensAfter: 1,
  quietMinutes: 15,
  judge(judgement) {
    const comparison = compareVersions(judgement);
    if (comparison === undefined || comparison.after.calls < LEAST_CALLS || comparison.before.calls < LEAST_CALLS)
      return undefined;
    return judgeFailures(comparison, judgement) ?? judgeDurations(comparison, judgement);
  },
};

export function compareVersions({ core, seen }: Judgement): Comparison | undefined {
  const now = seen.versions ?? [];
  const known = core.versions;
  const newest = newVersion(core.versions, now, seen.start);
  if (newest === undefined) return undefined;
  const old = known.filter(({ version }) => version !== newest.version).sort((a, b) => b.calls - a.calls)[0];
  const beside = now.filter(({ version }) => version !== newest.version);
  if (old === undefined) return undefined;
  const oldNow = beside.find(({ version }) => version === old.version);
  const record = known.find(({ version }) => version === newest.version);
  const after: Side = merge(record, newest);
  const isOldSick = oldNow !== undefined && isSick(old, oldNow);
  const before: Side = isOldSick ? { ...oldNow, durations: oldNow.histogram } : old;
  return { version: newest.version, since: record?.firstAt ?? seen.start, before, after };
}

/** The old version fails more than it used to in the very minutes: then something else is wrong, and only these minutes are a fair measure. */
const isSick = (old: VersionRecord, now: { readonly calls: number; readonly failures: number }): boolean =>
  now.calls >= LEAST_CALLS &&
  twoProportionSurprise({ events: old.failures, trials: old.calls }, { events: now.failures, trials: now.calls }) > 4;

function newVersion(known: readonly VersionRecord[], now: NonNullable<Judgement['seen']['versions']>, start: number) {
  return now
    .filter(({ version, calls }) => {
      const record = known.find((each) => each.version === version);
      return (
        calls > 0 &&
        known.length > 0 &&
        (record === undefined
          ? known.every((each) => each.version !== version)
          : known[0]?.version !== version && start - record.firstAt <= NEW_FOR_MS)
      );
    })
    .sort((a, b) => b.calls - a.calls)[0];
}

function merge(
  record: VersionRecord | undefined,
  now: { calls: number; failures: number; histogram: Histogram },
): Side {
  const durations = [...(record?.durations ?? []), ...now.histogram];
  return { calls: (record?.calls ?? 0) + now.calls, failures: (record?.failures ?? 0) + now.failures, durations };
}

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
    explanation: `Version ${comparison.version}, first seen at ${clock(comparison.since)}, fails in ${number(after.failures)} of ${counted(after.calls, 'call')} (${percent(share)}); the version before it in ${percent(shareBefore)} of ${number(Math.round(before.calls))}. Going back to the version before ends it.`,
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

function judgeDurations(comparison: Comparison, judgement: Judgement): Signal | undefined {
  const { before, after } = comparison;
  if (countOf(before.durations) < LEAST_CALLS || countOf(after.durations) < LEAST_CALLS) return undefined;
  const beforeMs = quantileOf(before.durations, 0.5) ?? 0;
  const afterMs = quantileOf(sorted(after.durations), 0.5) ?? 0;
  const edge = binOf(quantileOf(before.durations, 0.9) ?? 0);
  const above = (durations: Histogram) => ({ events: countAbove(durations, edge), trials: countOf(durations) });
  const surprise = twoProportionSurprise(above(before.durations), above(after.durations));
  const ratio = afterMs / Math.max(1, beforeMs);
  const isWarm = judgement.seen.coldStarts < 0.5 * judgement.seen.calls;
  if (
    surprise < (judgement.isOpen ? 5 : 14) ||
    ratio < (judgement.isOpen ? 1.3 : 1.6) ||
    afterMs - beforeMs < 20 ||
    !isWarm
  )
    return undefined;
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

const sorted = (durations: Histogram): Histogram => [...durations].sort(([a], [b]) => a - b);

function blame({ version, since }: Comparison): Pick<Signal, 'causes' | 'cause' | 'lookAt'> {
  return {
    causes: [
      {
        kind: 'deploy',
        name: `version ${version}`,
        evidence: [{ text: `Version ${version} was first seen at ${clock(since)}.`, since }],
      },
    ],
    cause: `deploy/${version}`,
  };
}

function requests({ seen }: Judgement): { requestIds?: string[] } {
  const ids = [
    ...(seen.fingerprints ?? []).flatMap((each) => each.requestIds),
    ...seen.timedOut,
    ...seen.slowest,
  ].slice(0, 3);
  return ids.length > 0 ? { requestIds: ids } : {};
}
