import type { Fact } from '../windows/fact.ts';
import type { MinuteMetrics } from '../windows/metrics-in.ts';
import type { MissingObservation, Observation } from '../windows/observation.ts';

/** A minute of a function: its window, where one came, and the facts of it. */
export interface Step {
  readonly start: number;
  readonly seen?: Observation | MissingObservation;
  /** By id, at most eight. */
  readonly facts: readonly Fact[];
  /** What CloudWatch tells of the minute, where it was asked. */
  readonly metrics?: MinuteMetrics;
}

export const MINUTE_MS = 60_000;
/** A window may be this late, or corrected so late: what is older than the newest one by more is settled. */
export const LATENESS_MS = 600_000;
const MOST_FACTS = 8;

/** Two tellings of the same minute: the newer revision, and of equal revisions always the same one. */
export function mergeSteps(one: Step, other: Step): Step {
  const seen = newer(one.seen, other.seen);
  const facts = new Map([...one.facts, ...other.facts].map((fact) => [fact.id, fact]));
  // The same id with another content: the one whose text comes last, in whatever order they came.
  for (const fact of [...one.facts, ...other.facts])
    if (JSON.stringify(fact) > JSON.stringify(facts.get(fact.id))) facts.set(fact.id, fact);
  const kept = [...facts.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MOST_FACTS);
  const metrics = greater(one.metrics, other.metrics);
  return {
    start: one.start,
    ...(seen === undefined ? {} : { seen }),
    facts: kept,
    ...(metrics === undefined ? {} : { metrics }),
  };
}

function greater(one: Step['metrics'], other: Step['metrics']): Step['metrics'] {
  if (one === undefined || other === undefined) return one ?? other;
  const merged: Record<string, number> = {};
  const figures = [...Object.entries(one), ...Object.entries(other)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of figures) merged[name] = Math.max(merged[name] ?? 0, value);
  return merged;
}

function newer(one: Step['seen'], other: Step['seen']): Step['seen'] {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.revision !== other.revision) return one.revision > other.revision ? one : other;
  return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
}
