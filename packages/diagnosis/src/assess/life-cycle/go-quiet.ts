import type { FindingClass } from '@lamplighter/contracts';
import type { Core } from '../core.ts';
import { type FailureRuns, KIND_OF } from '../failure-runs.ts';
import type { FunctionContext } from '../function-context.ts';
import { silenceMsOf } from '../horizon.ts';
import type { Incident } from '../incident.ts';
import { isCalledLessOften } from '../load.ts';
import { HELD_MS, MINUTE_MS } from '../step.ts';
import { RULE_OF } from './signals.ts';

const QUIET_MINUTES = 10;
const QUIET_CALLS = 5;
/** Few calls do not show that it is over: then an hour of quiet ends an incident. */
const RARE_MINUTES = 60;
/** So many that are over are remembered, the last ones. */
const MOST_RESOLVED = 12;

/** Resolved incidents stay for as long as late windows could change them, unless there are too many. */
export function isForgotten({ resolvedAt }: Incident, now: number, all: readonly Incident[]): boolean {
  if (resolvedAt === undefined) return false;
  const later = all.filter((each) => each.resolvedAt !== undefined && each.resolvedAt > resolvedAt);
  return now - resolvedAt > HELD_MS || later.length >= MOST_RESOLVED;
}

/** Every incident as over in a minute, or when it was quiet before that. */
export const endAll = (incidents: readonly Incident[], start: number): Incident[] =>
  incidents.map((each) => (each.resolvedAt === undefined ? { ...each, resolvedAt: each.firstQuietAt ?? start } : each));

export interface LivedMinute {
  readonly start: number;
  /** Null where no window tells them: a minute of which nothing is known is no quiet one. */
  readonly calls: number | null;
  /** After it: what fails in another way now has not ended. */
  readonly runs?: FailureRuns | undefined;
}

interface QuietMinute extends LivedMinute {
  /** Before it. */
  readonly core: Core;
}

/** An incident that a minute shows nothing of: it rests, or is over. */
export function rest(known: Incident, minute: QuietMinute, context: FunctionContext): Incident {
  const { start, calls } = minute;
  if (failsInAnotherWay(known, minute)) {
    const { firstQuietAt: _over, ...bad } = known;
    return { ...bad, lastBadAt: start, shownAt: start, quietCalls: 0 };
  }
  if (calls === 0 && waitsForItsNextCall(known, minute.core)) return known;
  const quietCalls = known.quietCalls + (calls ?? 0);
  const firstQuietAt = known.firstQuietAt ?? start;
  const isOver = hasEnded(known, quietCalls, minute, context);
  return {
    ...known,
    quietCalls: Math.min(quietCalls, QUIET_CALLS),
    firstQuietAt,
    ...(isOver ? { resolvedAt: firstQuietAt } : {}),
    ...(isOver && isEndOfSilence(known, quietCalls, minute) ? { silentMinutes: silentFor(minute) } : {}),
  };
}

function hasEnded(known: Incident, quietCalls: number, minute: QuietMinute, context: FunctionContext): boolean {
  const { start, calls } = minute;
  const rule = RULE_OF.get(known.class);
  const minutes = (start - known.lastBadAt) / MINUTE_MS;
  const isQuiet = minutes >= (rule?.quietMinutes ?? QUIET_MINUTES) && quietCalls >= QUIET_CALLS;
  return (
    rule?.isToldToEnd === true ||
    (calls !== null && (isQuiet || minutes >= RARE_MINUTES || isSilent(known, minute, context))) ||
    (known.class === 'no-data' && (calls ?? 0) > 0) ||
    (known.class === 'async-failures' && minutes >= RARE_MINUTES)
  );
}

/** Whether the run of failures goes on that it was last bad in, with no call that ended well. A run that began after that is another one: usual failures begin many. */
function failsInAnotherWay({ class: type, lastBadAt }: Incident, { calls, runs = {} }: LivedMinute): boolean {
  const kind = KIND_OF[type];
  const since = kind === undefined ? undefined : runs[kind]?.since;
  return calls !== null && calls > 0 && since !== undefined && since <= lastBadAt;
}

/** Nothing has shown that all is well again: neither a call since, nor word of the end. Few calls do not end a drop of traffic either. */
const isEndOfSilence = ({ class: type }: Incident, quietCalls: number, { calls }: QuietMinute): boolean =>
  calls === 0 && (quietCalls === 0 || type === 'traffic-drop') && RULE_OF.get(type)?.isToldToEnd !== true;

const silentFor = ({ start, core: { calledAt } }: QuietMinute): number => (start - (calledAt ?? start)) / MINUTE_MS;

/** Silence tells nothing of a function that is called so seldom that half an hour has less than two calls: whether its last failures, or its slow calls, go on its next call says. */
const SELDOM_CALLS_PER_MINUTE = 1 / 15;

function waitsForItsNextCall({ class: type }: Incident, { recent, baseline }: Core): boolean {
  const kind = KIND_OF[type];
  const goesOn =
    kind === undefined ? type === 'slow-down' && recent.slowRun !== undefined : recent.runs?.[kind] !== undefined;
  return goesOn && isCalledLessOften(baseline.load, SELDOM_CALLS_PER_MINUTE);
}

/** Shown by CloudWatch, not by calls that are in the logs. */
const WITHOUT_LOGGED_CALLS: ReadonlySet<FindingClass> = new Set(['throttling', 'iterator-age']);

/**
 * No call for half an hour, or for so long that soon nobody will tell of the function any more: what has shown itself after the last call (an alarm, a request
 * given up) ends with it. Not what keeps calls out of the logs: that none is told of is its own sign.
 */
function isSilent(
  { class: type, lastBadAt }: Incident,
  { start, calls, core: { calledAt } }: QuietMinute,
  context: FunctionContext,
): boolean {
  const since = WITHOUT_LOGGED_CALLS.has(type) ? Math.max(calledAt ?? 0, lastBadAt) : (calledAt ?? lastBadAt);
  return type !== 'no-data' && calls === 0 && start - since >= silenceMsOf(context);
}

/** It turned out to be part of another one. */
export const joinInto = (known: Incident, into: FindingClass, start: number): Incident => ({
  ...known,
  joinedInto: into,
  resolvedAt: start,
});
