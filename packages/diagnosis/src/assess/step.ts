import type { Fact } from '../windows/fact.ts';
import { type GivenUp, givenUpOf, isAsyncFailure, joinGivenUp } from '../windows/given-up.ts';
import type { MinuteMetrics } from '../windows/metrics-in.ts';
import type { MissingObservation, Observation } from '../windows/observation.ts';
import { byTime, withinQuotas } from './fact-quotas.ts';

/** A minute of a function: its window, where one came, and the facts of it. */
export interface Step {
  readonly start: number;
  readonly seen?: Observation | MissingObservation;
  /** By their time, so many of each kind; of each alarm the last. */
  readonly facts: readonly Fact[];
  /** Asynchronous requests that were given up. */
  readonly givenUp?: GivenUp;
  /** What CloudWatch tells of the minute, where it was asked. */
  readonly metrics?: MinuteMetrics;
}

export const MINUTE_MS = 60_000;
/** A window may be this late, or corrected so late: what is older than the newest one by more is settled. */
export const LATENESS_MS = 600_000;
/** And so late where minutes between it and the newest one are missing: see `horizonOf`. */
export const HELD_MS = 3_600_000;

/** Two tellings of the same minute: the newer revision, and of equal revisions always the same one. */
export function mergeSteps(one: Step, other: Step): Step {
  const seen = newer(one.seen, other.seen);
  const told = [...one.facts, ...other.facts];
  const facts = new Map(told.map((fact) => [fact.id, fact]));
  // The same id with another content: the one whose text comes last, in whatever order they came.
  for (const fact of told) if (JSON.stringify(fact) > JSON.stringify(facts.get(fact.id))) facts.set(fact.id, fact);
  const givenUp = [one.givenUp, other.givenUp, ...told.filter(isAsyncFailure).map(givenUpOf)].reduce(joinGivenUp);
  const kept = newestOfAlarms([...facts.values()].filter((fact) => !isAsyncFailure(fact)).sort(byTime));
  const metrics = greater(one.metrics, other.metrics);
  return {
    start: one.start,
    ...(seen === undefined ? {} : { seen }),
    facts: withinQuotas(kept),
    ...(givenUp === undefined ? {} : { givenUp }),
    ...(metrics === undefined ? {} : { metrics }),
  };
}

/** The state that an alarm was in at last, so that many changes of one push out none of another. */
function newestOfAlarms(facts: readonly Fact[]): Fact[] {
  const last = new Map(facts.map((fact) => [fact.kind === 'alarm' ? fact.alarmName : fact, fact]));
  return facts.filter((fact) => last.get(fact.kind === 'alarm' ? fact.alarmName : fact) === fact);
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
