import type { FindingClass } from '@lamplighter/contracts';
import type { Signal } from '../findings/rule.ts';
import { ADVICE, EXPLAINS, RULES } from '../findings/rules.ts';
import type { Core } from './core.ts';
import type { FunctionContext } from './function-context.ts';
import { silenceMsOf } from './horizon.ts';
import type { Incident, Suspicion, Telling } from './incident.ts';
import { HELD_MS, LATENESS_MS, MINUTE_MS } from './step.ts';

/** Signals of one minute, by class, in the order of the rules. */
export type Signals = ReadonlyMap<FindingClass, Signal>;

const QUIET_MINUTES = 10;
const QUIET_CALLS = 5;
/** Few calls do not show that it is over: then an hour of quiet ends an incident. */
const RARE_MINUTES = 60;
const MOST_RETOLD = 8;
/** So many that are over are remembered, the last ones. */
const MOST_RESOLVED = 12;
const SEVERITIES = ['info', 'warning', 'critical'] as const;
/** What comes of a trouble this much later, at most, is of it: as for what is only suspected. */
const PRESENT_MS = 3 * MINUTE_MS;
/** Told long after what they come of: Lambda tries an asynchronous request for minutes before it gives up, a backlog outlasts what stopped it, memory stays as high as a leak left it, an alarm waits for its periods. */
const LATE_BY_NATURE: ReadonlySet<FindingClass> = new Set([
  'async-failures',
  'iterator-age',
  'out-of-memory-risk',
  'out-of-memory',
  'alarm',
]);
const ORDER: readonly FindingClass[] = [...RULES.map((rule) => rule.class), 'no-data'];
const RULE_OF = new Map(RULES.map((rule) => [rule.class, rule]));

/**
 * Opens, tells anew and resolves incidents by the signals of a minute. One fault, one incident: what another one explains joins it. `calls` is null where no
 * window tells them: a minute of which nothing is known is no quiet one.
 */
export function advanceIncidents(
  core: Core,
  start: number,
  calls: number | null,
  signals: Signals,
  context: FunctionContext,
): Pick<Core, 'incidents' | 'suspicions'> {
  const suspicions = suspect(core, start, signals);
  const open = core.incidents.filter(({ resolvedAt }) => resolvedAt === undefined);
  const ready = suspicions.filter((each) => isReady(each) && !open.some((incident) => incident.class === each.class));
  const active = new Set<FindingClass>([...open, ...ready].map((each) => each.class));
  const explain = explainersIn(core, start, { open, active, signals });
  const over = core.incidents.filter((each) => each.resolvedAt !== undefined);
  const next: Incident[] = over.filter((each) => !isForgotten(each, start, over));
  for (const type of ORDER.filter((each) => active.has(each) && explain(each) === undefined)) {
    const known = open.find((incident) => incident.class === type);
    const signal = signals.get(type);
    const parts = [...signals].filter(([part]) => part !== type && topOf(part, explain) === type);
    if (known !== undefined)
      next.push(goOn(known, signal, parts, start) ?? rest(known, { start, calls, calledAt: core.calledAt }, context));
    else if (signal !== undefined)
      next.push(openOne(core, suspicionOf(suspicions, type), signal, parts, [...open, ...next], context));
  }
  for (const known of open) {
    const into = topOf(known.class, explain);
    if (into !== known.class) next.push(joinInto(known, into, start));
  }
  const stillSuspect = suspicions.filter((each) => !active.has(each.class));
  return { incidents: next, suspicions: stillSuspect };
}

/** Resolved incidents stay for as long as late windows could change them, unless there are too many. */
export function isForgotten({ resolvedAt }: Incident, now: number, all: readonly Incident[]): boolean {
  if (resolvedAt === undefined) return false;
  const later = all.filter((each) => each.resolvedAt !== undefined && each.resolvedAt > resolvedAt);
  return now - resolvedAt > HELD_MS || later.length >= MOST_RESOLVED;
}

/** Every incident as over in a minute, or when it was quiet before that. */
export const endAll = (incidents: readonly Incident[], start: number): Incident[] =>
  incidents.map((each) => (each.resolvedAt === undefined ? { ...each, resolvedAt: each.firstQuietAt ?? start } : each));

const shownAt = (known: Incident): number => known.shownAt ?? known.lastBadAt;

/** Whether what a minute showed is still there in another: three minutes later, or in the next one that has calls. */
const isPresent = (at: number, start: number, calledAt: number | null): boolean =>
  start - at <= PRESENT_MS || at === calledAt;

/** Whether an open incident shows itself no more, and what shows now has begun anew. */
export const isAtRest = (known: Incident, start: number, calledAt: number | null): boolean =>
  !isPresent(shownAt(known), start, calledAt);

/** Suspicions of the last three minutes, or of the last minute that had calls. */
export const liveSuspicions = (suspicions: readonly Suspicion[], start: number, calledAt: number | null): Suspicion[] =>
  suspicions.filter(({ lastAt }) => isPresent(lastAt, start, calledAt));

function suspect({ suspicions, calledAt }: Core, start: number, signals: Signals): Suspicion[] {
  const kept = liveSuspicions(suspicions, start, calledAt);
  const seen = [...signals].map(([type, { opensAfter }]): Suspicion => {
    const { firstAt, minutes } = kept.find((each) => each.class === type) ?? { firstAt: start, minutes: 0 };
    const wanted = opensAfter === undefined ? {} : { opensAfter };
    return { class: type, firstAt, lastAt: start, minutes: minutes + 1, ...wanted };
  });
  return [...kept.filter((each) => !signals.has(each.class)), ...seen];
}

const isReady = ({ class: type, minutes, opensAfter }: Suspicion): boolean =>
  minutes >= (opensAfter ?? RULE_OF.get(type)?.opensAfter ?? 1);

const suspicionOf = (suspicions: readonly Suspicion[], type: FindingClass): Suspicion =>
  suspicions.find((each) => each.class === type) as Suspicion;

/** The class that explains another one in this minute, the most telling first. */
type Explain = (type: FindingClass) => FindingClass | undefined;

/** What is open explains what began while it showed itself: what has ended, though nobody has called it over yet, is no cause of what begins after it. */
function explainersIn(
  { calledAt }: Core,
  start: number,
  now: { readonly open: readonly Incident[]; readonly active: ReadonlySet<FindingClass>; readonly signals: Signals },
): Explain {
  const isQuietFor = (explainer: FindingClass, type: FindingClass): boolean => {
    const known = now.open.find((each) => each.class === explainer);
    if (known === undefined || now.signals.has(explainer) || LATE_BY_NATURE.has(type)) return false;
    const goesOn = known.joined[type] !== undefined && isPresent(known.lastBadAt, start, calledAt);
    return !goesOn && !isPresent(shownAt(known), start, calledAt);
  };
  return (type) =>
    ORDER.find(
      (each) =>
        now.active.has(each) &&
        (type === 'alarm' ? each !== 'alarm' && !ADVICE.has(each) : EXPLAINS[each]?.includes(type)) &&
        !isQuietFor(each, type),
    );
}

function topOf(type: FindingClass, explain: Explain): FindingClass {
  const explainer = explain(type);
  return explainer === undefined || explainer === type ? type : topOf(explainer, explain);
}

type Part = readonly [type: FindingClass, signal: Signal];

function openOne(
  core: Core,
  { class: type, firstAt, lastAt }: Suspicion,
  signal: Signal,
  parts: readonly Part[],
  neighbours: readonly Incident[],
  context: FunctionContext,
): Incident {
  const base = core.tail.find(([at]) => at >= firstAt - LATENESS_MS)?.[1] ?? core.total;
  const joined = joinedOf({}, parts);
  return {
    class: type,
    openedAt: firstAt,
    lastBadAt: lastAt,
    shownAt: lastAt,
    quietCalls: 0,
    groupKey: groupKeyOf(firstAt, signal, neighbours, context),
    ...(signal.cause === undefined ? {} : { cause: signal.cause }),
    told: tell(signal, parts, lastAt),
    retold: 0,
    joined,
    revisionBase: base,
  };
}

function groupKeyOf(
  openedAt: number,
  { cause }: Signal,
  neighbours: readonly Incident[],
  context: FunctionContext,
): string {
  const place = `${context.accountId}/${context.region}`;
  if (cause?.startsWith('dependency/')) return `${cause}/${place}/${openedAt}`;
  const near = neighbours.find(({ resolvedAt }) => resolvedAt === undefined || openedAt - resolvedAt <= 15 * MINUTE_MS);
  return (
    near?.groupKey ?? `${cause === undefined ? '' : `${cause}/`}function/${place}/${context.functionName}/${openedAt}`
  );
}

/** The incident with what a minute shows of it; undefined where it shows nothing. */
function goOn(
  known: Incident,
  signal: Signal | undefined,
  parts: readonly Part[],
  start: number,
): Incident | undefined {
  if (signal === undefined && parts.length === 0) return undefined;
  const { firstQuietAt: _over, ...bad } = known;
  const joined = joinedOf(known.joined, parts);
  const shown = signal === undefined ? {} : { shownAt: start };
  const fresh: Incident = { ...bad, ...shown, lastBadAt: start, quietCalls: 0, joined };
  if (!isMaterial(known, signal, parts) || known.retold >= MOST_RETOLD) return fresh;
  const told = signal === undefined ? retell(known.told, parts, start) : tell(signal, parts, start, known.told);
  return { ...fresh, told, retold: known.retold + 1 };
}

/** Worth a new revision: a higher severity, twice as bad, wider than a few calls, a new part, or a cause that was not known. */
function isMaterial({ told, joined }: Incident, signal: Signal | undefined, parts: readonly Part[]): boolean {
  if (parts.some(([type]) => joined[type] === undefined)) return true;
  if (signal === undefined) return false;
  if (SEVERITIES.indexOf(signal.severity) > SEVERITIES.indexOf(told.severity)) return true;
  if ((signal.reach ?? 0) > (told.reach ?? 1)) return true;
  return signal.magnitude >= 2 * told.magnitude || (signal.causes ?? []).length > told.causes.length;
}

interface QuietMinute {
  readonly start: number;
  readonly calls: number | null;
  /** The newest minute before that had calls. */
  readonly calledAt: number | null;
}

function rest(known: Incident, minute: QuietMinute, context: FunctionContext): Incident {
  const { start, calls } = minute;
  const quietCalls = known.quietCalls + (calls ?? 0);
  const firstQuietAt = known.firstQuietAt ?? start;
  const rule = RULE_OF.get(known.class);
  const minutes = (start - known.lastBadAt) / MINUTE_MS;
  const isQuiet = minutes >= (rule?.quietMinutes ?? QUIET_MINUTES) && quietCalls >= QUIET_CALLS;
  const isOver =
    rule?.isToldToEnd === true ||
    (calls !== null && (isQuiet || minutes >= RARE_MINUTES || isSilent(known, minute, context))) ||
    (known.class === 'no-data' && (calls ?? 0) > 0) ||
    (known.class === 'async-failures' && minutes >= RARE_MINUTES);
  return {
    ...known,
    quietCalls: Math.min(quietCalls, QUIET_CALLS),
    firstQuietAt,
    ...(isOver ? { resolvedAt: firstQuietAt } : {}),
    ...(known.class === 'traffic-drop' && calls === 0 && isOver ? { told: withSilence(known.told, minute) } : {}),
  };
}

/** Nothing is well again where a drop of traffic ends with the silence: it is said. */
const withSilence = (told: Telling, { start, calledAt }: QuietMinute): Telling => ({
  ...told,
  explanation: `${told.explanation} No call has come for ${(start - (calledAt ?? start)) / MINUTE_MS} minutes: from here on it counts as one that is not called any more, and its silence is told no longer.`,
});

/** Shown by CloudWatch, not by calls that are in the logs. */
const WITHOUT_LOGGED_CALLS: ReadonlySet<FindingClass> = new Set(['throttling', 'iterator-age']);

/**
 * No call for half an hour, or for so long that soon nobody will tell of the function any more: what has shown itself after the last call (an alarm, a request
 * given up) ends with it. Not what keeps calls out of the logs: that none is told of is its own sign.
 */
function isSilent(
  { class: type, lastBadAt }: Incident,
  { start, calls, calledAt }: QuietMinute,
  context: FunctionContext,
): boolean {
  const since = WITHOUT_LOGGED_CALLS.has(type) ? Math.max(calledAt ?? 0, lastBadAt) : (calledAt ?? lastBadAt);
  return type !== 'no-data' && calls === 0 && start - since >= silenceMsOf(context);
}

const joinInto = (known: Incident, into: FindingClass, start: number): Incident => ({
  ...known,
  joinedInto: into,
  resolvedAt: start,
});

function joinedOf(before: Incident['joined'], parts: readonly Part[]): Incident['joined'] {
  const joined = { ...before };
  for (const [type, { evidence }] of parts) joined[type] ??= evidence[0] ?? { text: type };
  return joined;
}

function tell(signal: Signal, parts: readonly Part[], at: number, before?: Telling): Telling {
  const severities = [signal, ...parts.map(([, part]) => part)].map(({ severity }) => SEVERITIES.indexOf(severity));
  const severity =
    SEVERITIES[Math.max(...severities, before === undefined ? 0 : SEVERITIES.indexOf(before.severity))] ?? 'warning';
  const onset = before?.evidence[0];
  return {
    severity,
    magnitude: Math.max(signal.magnitude, before?.magnitude ?? 0),
    ...(signal.reach === undefined ? {} : { reach: Math.max(signal.reach, before?.reach ?? 0) }),
    confidence: Math.max(confidenceOf(signal.surprise), before?.confidence ?? 0),
    title: signal.title,
    explanation: signal.explanation,
    // What was seen first stays: it says since when.
    evidence: [...(onset === undefined ? [] : [onset]), ...signal.evidence].slice(0, 6),
    causes: signal.causes ?? before?.causes ?? [],
    lookAt: signal.lookAt ?? [],
    toldAt: at,
  };
}

function retell(before: Telling, parts: readonly Part[], at: number): Telling {
  const severities = [before, ...parts.map(([, part]) => part)].map(({ severity }) => SEVERITIES.indexOf(severity));
  return { ...before, severity: SEVERITIES[Math.max(...severities)] ?? 'warning', toldAt: at };
}

/** Never certain: each 7 of surprise halve the doubt, and then the model may be wrong. */
const confidenceOf = (surprise: number): number => Number(Math.min(0.99, 1 - 2 ** (-surprise / 7)).toFixed(2));
