import type { InvocationSummary } from '@lamplighter/contracts';
import type { Door } from '../stacks/package-stacks.ts';
import type { Rejection } from './input/replay-source.ts';
import type { LogEvidence } from './log-evidence.ts';
import type { ReplaySummary } from './replay-summary.ts';

export interface ReplayFindings {
  readonly evidence: LogEvidence;
  readonly invocations: readonly InvocationSummary[];
  readonly rejected: readonly Rejection[];
  readonly repeated: number;
  readonly door: Door;
  readonly seconds: number;
}

/** The figures of a replay. */
export function summarise({ evidence, invocations, rejected, repeated, door, seconds }: ReplayFindings): ReplaySummary {
  const complete = invocations.filter(({ missing }) => missing.length === 0).length;
  return {
    events: evidence.platformRecords + evidence.applicationLines,
    invocations: invocations.length,
    complete,
    incomplete: invocations.length - complete,
    applicationLines: evidence.applicationLines,
    platformRecords: evidence.platformRecords,
    rejected: countByReason(rejected),
    completenessPct: sharePct(complete, invocations.length),
    door,
    seconds: Math.round(seconds * 10) / 10,
    lost: countLost(evidence, invocations),
    repeated,
  };
}

/** Rounded to hundredths; 100 only where nothing is incomplete. */
function sharePct(complete: number, all: number): number {
  if (complete === all) return 100;
  return Math.min(99.99, Math.round((10_000 * complete) / all) / 100);
}

/** The audit keeps that many attempts of one request. */
const MOST_ATTEMPTS = 100;

/** Each attempt of the logs that the audit lacks: all of a request that it does not know, and the surplus of one that it does. */
function countLost({ attempts }: LogEvidence, invocations: readonly InvocationSummary[]): number {
  const audited = new Map(invocations.map((invocation) => [invocation.requestId, invocation.attempts]));
  return [...attempts].reduce(
    (lost, [id, shown]) => lost + Math.max(0, Math.min(shown.length, MOST_ATTEMPTS) - (audited.get(id) ?? 0)),
    0,
  );
}

function countByReason(rejected: readonly Rejection[]): ReplaySummary['rejected'] {
  const counts = new Map<string, number>();
  for (const { reason, count } of rejected) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** By start, those without one last; then by request id. */
export function byStart(a: InvocationSummary, b: InvocationSummary): number {
  const [first, second] = [a.startedAt ?? Number.POSITIVE_INFINITY, b.startedAt ?? Number.POSITIVE_INFINITY];
  if (first !== second) return first < second ? -1 : 1;
  return a.requestId < b.requestId ? -1 : a.requestId > b.requestId ? 1 : 0;
}
