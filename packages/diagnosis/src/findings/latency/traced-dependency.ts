import type { RankedCause } from '@lamplighter/contracts';
import { IDLE_IN_TRANSACTION } from '../../root-cause/traces/held-connections.ts';
import type { Fact } from '../../windows/fact.ts';
import type { Judgement } from '../rule.ts';
import { duration, percent } from '../words.ts';

type DependencyFact = Extract<Fact, { kind: 'dependency' }>;

/** Of the added time, so that a callee is its cause. */
export const DECISIVE_SHARE = 0.4;
/** Traces may come some minutes late; what they told of an earlier trouble is no cause of this one. */
export const SAME_TROUBLE_MS = 600_000;

/** Who is called, of what a segment is named by: `aurora` of `aurora: itinerary by guest`. What waits for one service has one cause, whatever it asks of it. */
export const calleeOf = (name: string): string => name.split(': ', 1)[0] ?? name;

/** The segment that traces show most of the added time with, as a cause; undefined where no callee has two fifths of it, its segments taken together. */
export function tracedDependency({ core, facts, since }: Judgement): RankedCause | undefined {
  const known = [...core.facts, ...facts].filter((fact) => fact.kind === 'dependency');
  const grown = known.filter(({ at, afterMs, beforeMs }) => at >= since - SAME_TROUBLE_MS && afterMs > beforeMs);
  const callees = [...Map.groupBy(greatestOfEach(grown), ({ name }) => calleeOf(name)).values()];
  const [most] = callees
    .map((segments) => ({ segments, share: segments.reduce((sum, each) => sum + each.share, 0) }))
    .sort((a, b) => b.share - a.share || (a.segments[0]!.id < b.segments[0]!.id ? -1 : 1));
  if (most === undefined || most.share < DECISIVE_SHARE) return undefined;
  // No slow statement leaves a transaction idle; an idle one makes statements wait.
  const first = most.segments.find(({ name }) => name.endsWith(IDLE_IN_TRANSACTION)) ?? most.segments[0]!;
  return {
    kind: 'dependency',
    name: first.name,
    share: Math.min(1, most.share),
    evidence: most.segments.map(evidenceOf),
  };
}

/** How sure the traces themselves are of it, -ln of a probability: of the callee's segments, the surest. */
export function surpriseOfTraces(judgement: Judgement, cause: RankedCause): number {
  return Math.max(0, ...tellingsOf(judgement, cause).map(({ surprise = 0 }) => surprise));
}

/** How often, by the traces, the callee took far longer than ever before, what overlapped in time counted once. */
export function momentsOfTraces(judgement: Judgement, cause: RankedCause): number {
  return Math.max(0, ...tellingsOf(judgement, cause).map(({ moments = 0 }) => moments));
}

const tellingsOf = ({ core, facts, since }: Judgement, { name }: RankedCause): DependencyFact[] =>
  [...core.facts, ...facts]
    .filter((fact) => fact.kind === 'dependency')
    .filter((fact) => fact.at >= since - SAME_TROUBLE_MS && calleeOf(fact.name) === calleeOf(name));

/** Of what was told of a segment more than once, the greatest share; the greatest first. */
function greatestOfEach(facts: readonly DependencyFact[]): DependencyFact[] {
  const ordered = [...facts].sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
  return ordered.filter(({ name }, at) => ordered.findIndex((other) => other.name === name) === at);
}

function evidenceOf({ name, beforeMs, afterMs, share, at, traceIds }: DependencyFact): RankedCause['evidence'][number] {
  return {
    text: `${name} took ${duration(afterMs)} instead of ${duration(beforeMs)}: ${percent(share)} of the added time.`,
    metric: 'self time',
    before: beforeMs,
    after: afterMs,
    unit: 'ms',
    since: at,
    ...(traceIds === undefined ? {} : { traceIds: [...traceIds] }),
  };
}
