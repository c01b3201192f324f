import type { Finding } from '@lamplighter/contracts';
import { findingOf } from '../templates/finding-of.ts';
import { cleanFact, type Fact } from '../windows/fact.ts';
import { metricsIn } from '../windows/metrics-in.ts';
import { observeWindow, type WindowRefusal } from '../windows/observe-window.ts';
import type { AssessedWindow, MetricMinute } from '../windows/window-input.ts';
import { advance } from './advance.ts';
import type { Core } from './core.ts';
import type { FunctionContext } from './function-context.ts';
import type { FunctionState } from './function-state.ts';
import { horizonOf } from './horizon.ts';
import type { Incident } from './incident.ts';
import { MINUTE_MS, mergeSteps, type Step } from './step.ts';
import { asTold, coincide, followIncidents } from './told-incidents.ts';

/** What became of a finding. */
export interface FindingChange {
  readonly change: 'opened' | 'updated' | 'resolved';
  readonly finding: Finding;
  /** Late figures took the finding's ground away: what had been published never was, or was another finding. */
  readonly isWithdrawn?: true;
}

/** What came in since the last assessment. Any order, any repetition. */
export interface News {
  readonly windows?: readonly AssessedWindow[];
  readonly facts?: readonly Fact[];
  readonly metrics?: readonly MetricMinute[];
  /** Epoch milliseconds: windows that begin later than this and two minutes are refused. */
  readonly now?: number;
}

/** What an assessment came to: the state to keep, and what to publish. */
export interface Assessment {
  readonly state: FunctionState;
  /** In their order. */
  readonly changes: readonly FindingChange[];
  /** What was not used, and why. */
  readonly refused: readonly { readonly start: number; readonly reason: WindowRefusal | 'not-a-fact' }[];
}

const SKEW_MS = 2 * MINUTE_MS;

/**
 * What new minutes and facts of a function change in its findings. Pure; O(1) for a minute that comes in its order, and as much as the minutes since the
 * checkpoint, eleven as a rule, where one comes late.
 *
 * Windows may come late, twice, in any order and corrected, as long as none is older than the newest one by more than ten minutes, or by an hour where minutes between them have not come: the fold of the minutes is that of
 * the ordered ones, byte by byte, and so are the findings but for their names. A finding whose onset late figures move keeps the id, the group and the revisions that it was
 * told with; one that they disprove is resolved as withdrawn.
 */
export function assessFunction(state: FunctionState, news: News, context: FunctionContext): Assessment {
  const { steps, refused } = stepsOf(news);
  const changes: FindingChange[] = [];
  let current = state;
  const newest = state.pending.at(-1)?.start ?? Number.NEGATIVE_INFINITY;
  const late = steps.filter(({ start }) => start <= newest);
  for (const batch of [late, ...steps.filter(({ start }) => start > newest).map((step) => [step])]) {
    if (batch.length === 0) continue;
    const settledBefore = horizonOf(current.pending, current.checkpoint, context);
    const accepted = batch.filter(({ start }) => start >= settledBefore);
    for (const { start } of batch.filter((step) => !accepted.includes(step)))
      refused.push({ start, reason: 'too-late' });
    const next = takeIn(current, accepted, context);
    const followed = follow(current, next, context);
    changes.push(...followed.changes);
    current = followed.state;
  }
  return { state: current, changes, refused };
}

/** Every finding that is open, and those resolved in the last hour; opened first, first. */
export function findingsIn(state: FunctionState, context: FunctionContext): Finding[] {
  return asTold(state.head.incidents, state.identities)
    .map((incident) => findingOf(incident, state.head, context))
    .sort((a, b) => a.openedAt - b.openedAt || (a.findingId < b.findingId ? -1 : 1));
}

type Refused = Assessment['refused'][number];

function stepsOf(news: News): { steps: Step[]; refused: Refused[] } {
  const latest = (news.now ?? Number.POSITIVE_INFINITY) + SKEW_MS;
  const read = [
    ...(news.windows ?? []).map(stepOfWindow),
    ...(news.facts ?? []).map(stepOfFact),
    ...(news.metrics ?? []).map(stepOfMetrics),
  ];
  const refused: Refused[] = [];
  const byStart = new Map<number, Step>();
  for (const each of read) {
    if ('reason' in each) refused.push(each);
    else if (each.start > latest) refused.push({ start: each.start, reason: 'from-the-future' });
    else byStart.set(each.start, mergeSteps(byStart.get(each.start) ?? { start: each.start, facts: [] }, each));
  }
  return { steps: [...byStart.values()].sort((a, b) => a.start - b.start), refused };
}

function stepOfWindow(window: AssessedWindow): Step | Refused {
  const seen = observeWindow(window);
  if (typeof seen !== 'string') return { start: seen.start, seen, facts: [] };
  return { start: 'missing' in window ? window.missing.start : window.figures.start, reason: seen };
}

function stepOfFact(fact: Fact): Step | Refused {
  const clean = cleanFact(fact);
  if (clean === undefined) return { start: fact.at, reason: 'not-a-fact' };
  return { start: Math.floor(clean.at / MINUTE_MS) * MINUTE_MS, facts: [clean] };
}

function stepOfMetrics(minute: MetricMinute): Step | Refused {
  const metrics = metricsIn(minute);
  const start = Math.floor(minute.start / MINUTE_MS) * MINUTE_MS;
  return metrics === undefined ? { start: minute.start, reason: 'not-a-time' } : { start, facts: [], metrics };
}

const newestOf = ({ pending }: FunctionState): number => pending.at(-1)?.start ?? Number.NEGATIVE_INFINITY;

function takeIn(state: FunctionState, steps: readonly Step[], context: FunctionContext): FunctionState {
  if (steps.length === 0) return state;
  const [first] = steps as [Step];
  const isInOrder = first.start > newestOf(state);
  const merged = new Map(state.pending.map((step) => [step.start, step]));
  for (const step of steps) {
    const known = merged.get(step.start);
    merged.set(step.start, known === undefined ? step : mergeSteps(known, step));
  }
  const pending = [...merged.values()].sort((a, b) => a.start - b.start);
  const settledBefore = horizonOf(pending, state.checkpoint, context);
  let { checkpoint } = state;
  for (const step of pending) if (step.start < settledBefore) checkpoint = advance(checkpoint, step, context);
  const kept = pending.filter(({ start }) => start >= settledBefore);
  // In order, the head goes on from where it is; otherwise it is computed anew from what is settled.
  let head = isInOrder ? state.head : checkpoint;
  for (const step of isInOrder ? steps : kept) head = advance(head, step, context);
  return { ...state, checkpoint, pending: kept, head };
}

/** Compares what can be said before and after: the state remembers of what was published only the names that late figures would change. */
function follow(before: FunctionState, after: FunctionState, context: FunctionContext): Followed {
  const told = asTold(before.head.incidents, before.identities);
  const { incidents, identities, lost } = followIncidents(told, after.head.incidents, newestOf(after));
  const known = new Map(told.map((incident) => [keyOf(incident), incident]));
  const changes = incidents.flatMap((incident): FindingChange[] => {
    const old = known.get(keyOf(incident));
    const finding = findingOf(incident, after.head, context);
    const isOver = finding.state === 'resolved';
    if (old === undefined) return [{ change: isOver ? 'resolved' : 'opened', finding }];
    const isNews = isToldAnew(findingOf(old, before.head, context), finding);
    return isNews ? [{ change: isOver ? 'resolved' : 'updated', finding }] : [];
  });
  const { identities: _before, ...folded } = after;
  return {
    state: identities.length === 0 ? folded : { ...folded, identities },
    changes: [...changes, ...lost.map((incident) => withdraw(incident, incidents, { core: after.head, context }))],
  };
}

interface Followed {
  readonly state: FunctionState;
  readonly changes: readonly FindingChange[];
}

const keyOf = ({ class: type, openedAt, toldAs = openedAt }: Incident): string => `${type}/${toldAs}`;

function isToldAnew(old: Finding, finding: Finding): boolean {
  return (
    JSON.stringify({ ...old, revision: 0, lookAt: [] }) !== JSON.stringify({ ...finding, revision: 0, lookAt: [] })
  );
}

function withdraw(
  lost: Incident,
  others: readonly Incident[],
  { core, context }: { readonly core: Core; readonly context: FunctionContext },
): FindingChange {
  const finding = findingOf({ ...lost, resolvedAt: lost.lastBadAt }, core, context);
  const explanation = `${lost.told.explanation} Withdrawn: figures that came late show that ${whatItWas(lost, others)}.`;
  return { change: 'resolved', finding: { ...finding, explanation }, isWithdrawn: true };
}

/** What late figures make of an incident that is none of its own any more. */
function whatItWas(lost: Incident, others: readonly Incident[]): string {
  const whole = others.find((each) => coincide(lost, each) && (each.class === lost.class || lost.class in each.joined));
  if (whole === undefined) return 'it was not so';
  return whole.class === lost.class
    ? `it was one with the finding since ${new Date(whole.openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : `it was part of a finding of class ${whole.class}`;
}
