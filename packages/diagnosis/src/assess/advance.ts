import type { FindingClass } from '@lamplighter/contracts';
import { dropToNothingDetector } from '@lamplighter/time-series';
import { concurrencyOf } from '../findings/capacity/throttling-ahead.ts';
import { withRecentChange } from '../findings/releases/recent-change.ts';
import { type Signal, timeoutOf } from '../findings/rule.ts';
import { RULES } from '../findings/rules.ts';
import { judgeMissing } from '../findings/traffic/no-data.ts';
import { significant } from '../statistics/significant.ts';
import { countIn } from '../windows/given-up.ts';
import { isMissing, withMetrics } from '../windows/metrics-in.ts';
import { type Observation, withoutCalls } from '../windows/observation.ts';
import type { Core } from './core.ts';
import type { FunctionContext } from './function-context.ts';
import { learn } from './learn.ts';
import { advanceIncidents } from './life-cycle/advance-incidents.ts';
import { endAll } from './life-cycle/go-quiet.ts';
import { isAtRest } from './life-cycle/presence.ts';
import { liveSuspicions } from './life-cycle/suspect.ts';
import { looksSlow } from './looks-slow.ts';
import { pool } from './recent.ts';
import {
  disturbedBy,
  lastOf,
  rememberFacts,
  rememberFingerprints,
  rememberSizes,
  rememberVersions,
  versionsOf,
} from './remember.ts';
import { LATENESS_MS, MINUTE_MS, type Step } from './step.ts';

/** What is judged by facts alone, where a minute has no window. */
const BY_FACTS: ReadonlySet<FindingClass> = new Set(['alarm', 'async-failures', 'poison-message']);
/** What CloudWatch alone can show: a function that is throttled whole has no log, and so no window. */
const BY_METRICS: ReadonlySet<FindingClass> = new Set(['throttling', 'iterator-age']);

/** The core after one more minute. Pure, O(1): judge first, learn then, so that no minute is its own measure. */
export function advance(core: Core, step: Step, context: FunctionContext): Core {
  const counted = count(core, step);
  if (isGone(core, step)) return withoutFunction(counted, step);
  if (step.seen === undefined) return judgeFactsAlone(counted, step, context);
  if ('isMissing' in step.seen || isMissing(step.seen, step.metrics)) return judgeSilence(counted, step, context);
  const deployedAt = deployOf(step) ?? counted.deployedAt;
  const seen = step.metrics === undefined ? step.seen : withMetrics(step.seen, step.metrics);
  const labelled: Observation = { ...seen, versions: versionsOf(seen, deployedAt) };
  return { ...judgeWindow(counted, labelled, step, context), deployedAt, goneAt: null };
}

/** The last calls of a deleted function may begin in the minute after: later ones are those of one that was made anew. */
const LAST_CALLS_MS = 2 * MINUTE_MS;

/** Deleted in this minute, or before and not called since, as one that was made anew is. */
function isGone({ goneAt }: Core, { start, facts, seen }: Step): boolean {
  const isLate = typeof goneAt === 'number' && start - goneAt < LAST_CALLS_MS;
  const isCalled = seen !== undefined && !('isMissing' in seen) && seen.calls > 0 && !isLate;
  return facts.some(({ kind }) => kind === 'deletion') || (typeof goneAt === 'number' && !isCalled);
}

/** Nothing is wrong with a function that is no more, and it is missed by nobody. What is told of it is known still when it is made anew: its alarms outlive it. */
const withoutFunction = (core: Core, step: Step): Core => ({
  ...core,
  goneAt: core.goneAt ?? step.start,
  deployedAt: deployOf(step) ?? core.deployedAt,
  facts: rememberFacts(core.facts, step.facts, step.start),
  suspicions: [],
  incidents: endAll(core.incidents, step.start),
});

function count(core: Core, { start, seen, facts, givenUp, metrics }: Step): Core {
  // By their time within the minute: a later fact that takes an earlier one's place is news.
  const ofFacts = facts.reduce((sum, { at }) => sum + 1 + at - start, 0);
  const told = ofFacts + (givenUp === undefined ? 0 : countIn(givenUp.hashes));
  const added = (seen === undefined ? 0 : 1 + seen.revision) + told + newsIn(metrics);
  const tail = [...core.tail.filter(([at]) => at >= start - 2 * LATENESS_MS), [start, core.total] as const];
  return { ...core, total: core.total + added, tail };
}

/** Figures of CloudWatch only grow, so their sum does: a telling that grew raises the revisions of the findings. */
const newsIn = (metrics: Step['metrics']): number =>
  metrics === undefined ? 0 : Object.values(metrics).reduce((sum, figure) => sum + figure, 1);

function judgeWindow(core: Core, seen: Observation, { facts, givenUp, metrics }: Step, context: FunctionContext): Core {
  const { start } = seen;
  const elapsed = core.newestAt === null ? 1 : Math.round((start - core.newestAt) / MINUTE_MS);
  const recent = pool(core.recent, seen, elapsed, core.baseline);
  // A copy: the detector takes its state over.
  const silence = dropToNothingDetector.update({ ...core.silence }, { timestamp: start, value: seen.calls });
  const signals = new Map<FindingClass, Signal>();
  for (const rule of RULES) {
    const isOpen = core.incidents.some((each) => each.class === rule.class && each.resolvedAt === undefined);
    const judgement = {
      context,
      seen,
      core,
      recent,
      since: sinceOf(core, rule.class, start),
      silence: { minutes: silence.state.run, score: silence.score, isCounted: metrics?.invocations === 0 },
      facts,
      givenUp,
      isOpen,
    };
    const signal = rule.judge(judgement);
    if (signal !== undefined) signals.set(rule.class, withRecentChange(rule.class, signal, judgement));
  }
  const lived = { start, calls: seen.calls, runs: recent.runs };
  const { incidents, suspicions } = advanceIncidents(core, lived, signals, context);
  const baseline = learn(core.baseline, seen, {
    recent,
    silentMinutes: Math.max(0, elapsed - 1),
    disturbed: disturbedBy(incidents, suspicions),
    timeoutMs: timeoutOf({ seen, core, context }),
  });
  return {
    ...core,
    minutes: core.minutes + 1,
    firstAt: core.firstAt ?? start,
    newestAt: start,
    calledAt: seen.calls > 0 ? start : core.calledAt,
    baseline,
    recent,
    lastCalls: lastOf(core.lastCalls, seen.calls),
    lastConcurrency: lastOf(core.lastConcurrency, significant(concurrencyOf({ seen }), 4)),
    lastIteratorAgeMs:
      seen.iteratorAgeMs === undefined ? core.lastIteratorAgeMs : lastOf(core.lastIteratorAgeMs, seen.iteratorAgeMs),
    lastMemoryMb: seen.memoryUsedMb > 0 ? [...core.lastMemoryMb, seen.memoryUsedMb].slice(-15) : core.lastMemoryMb,
    missingMinutes: 0,
    timeoutMs: seen.timeoutMs ?? core.timeoutMs,
    silence: silence.state,
    ...looksSlow(core, seen, recent),
    versions: rememberVersions(core.versions, seen.versions ?? [], start),
    fingerprints: rememberFingerprints(core.fingerprints, seen),
    statusesSince: core.statusesSince ?? start,
    facts: rememberFacts(core.facts, facts, start),
    suspicions,
    incidents,
    sizes: rememberSizes(core.sizes, seen),
  };
}

/** With the open incident of a class, unless it is at rest and this is another trouble; with what is suspected of it; or with this minute. */
function sinceOf({ incidents, suspicions, calledAt }: Core, type: FindingClass, start: number): number {
  const open = incidents.find((each) => each.class === type && each.resolvedAt === undefined);
  const suspected = liveSuspicions(suspicions, start, calledAt).find((each) => each.class === type);
  const goesOn = open !== undefined && !isAtRest(open, start, calledAt);
  return (goesOn ? open.openedAt : undefined) ?? suspected?.firstAt ?? start;
}

function judgeSilence(core: Core, step: Step, context: FunctionContext): Core {
  const missingMinutes = Math.min(1e6, core.missingMinutes + 1);
  const signal = judgeMissing(step.start, missingMinutes, core.baseline.load.recent);
  const judged = judgeFactsAlone(core, step, context, signal === undefined ? [] : [['no-data', signal]]);
  return { ...judged, missingMinutes, newestAt: step.start };
}

function judgeFactsAlone(
  core: Core,
  step: Step,
  context: FunctionContext,
  besides: readonly (readonly [FindingClass, Signal])[] = [],
): Core {
  const { start, facts, givenUp } = step;
  const signals = new Map<FindingClass, Signal>(besides);
  const { metrics } = step;
  const isJudged = (type: FindingClass): boolean =>
    BY_FACTS.has(type) || (metrics !== undefined && BY_METRICS.has(type));
  for (const rule of RULES.filter((each) => isJudged(each.class))) {
    const isOpen = core.incidents.some((each) => each.class === rule.class && each.resolvedAt === undefined);
    const signal = rule.judge({
      context,
      seen: withMetrics(withoutCalls(start), metrics ?? {}),
      core,
      recent: core.recent,
      since: sinceOf(core, rule.class, start),
      silence: { minutes: 0, score: 0 },
      facts,
      givenUp,
      isOpen,
    });
    if (signal !== undefined) signals.set(rule.class, signal);
  }
  const lives = advanceIncidents(core, { start, calls: null }, signals, context);
  return {
    ...core,
    ...lives,
    deployedAt: deployOf(step) ?? core.deployedAt,
    facts: rememberFacts(core.facts, facts, start),
  };
}

function deployOf({ facts }: Step): number | undefined {
  return facts.findLast(({ kind }) => kind === 'deploy')?.at;
}
