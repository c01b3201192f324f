import type { RankedCause } from '@lamplighter/contracts';
import type { Judgement } from './rule.ts';
import { duration, percent } from './words.ts';

const LEAST_SHARE = 0.4;

/** Who is called, of what a segment is named by: `aurora` of `aurora: itinerary by guest`. What waits for one service has one cause, whatever it asks of it. */
export const calleeOf = (name: string): string => name.split(': ', 1)[0] ?? name;

/** The callee that traces show most of the added time with, as a cause; undefined where none has two fifths of it. */
export function tracedDependency({ core, facts }: Judgement): RankedCause | undefined {
  const known = [...core.facts, ...facts].filter((fact) => fact.kind === 'dependency');
  const dependency = known.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1))[0];
  if (dependency === undefined || dependency.share < LEAST_SHARE || dependency.afterMs <= dependency.beforeMs)
    return undefined;
  const { name, beforeMs, afterMs, share, at, traceIds } = dependency;
  const evidence = {
    text: `${name} took ${duration(afterMs)} instead of ${duration(beforeMs)}: ${percent(share)} of the added time.`,
    metric: 'self time',
    before: beforeMs,
    after: afterMs,
    unit: 'ms',
    since: at,
    ...(traceIds === undefined ? {} : { traceIds: [...traceIds] }),
  };
  return { kind: 'dependency', name, share: Math.min(1, share), evidence: [evidence] };
}
