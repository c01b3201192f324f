import { spanOf } from '../domain/span-of.ts';
import type { TracePort } from '../ports.ts';
import type { AskAudit } from './ask-audit.ts';

/** How far before the onset normal requests are looked for. */
const BEFORE_MS = 3_600_000;
/** Of so many calls the traced ones are taken: X-Ray samples a twentieth of them, and one a second. */
const CALLS = 400;

/** Traces from what `aws/spans` told ingestion, asked through its query function. */
export function auditTraces(ask: AskAudit): TracePort {
  const traceIdsOf = async (identity: Parameters<TracePort>[0], since: number, until: number, limit: number) => {
    const { functionName, accountId, region } = identity;
    const answer = await ask({ kind: 'by-function', functionName, accountId, region, since, until, limit: CALLS });
    if (answer.kind !== 'invocations') return [];
    const traced = new Set(answer.invocations.flatMap(({ traceId }) => (traceId === undefined ? [] : [traceId])));
    return spread([...traced], limit);
  };
  return async (identity, { onset, until, limit }) => {
    const before = await traceIdsOf(identity, onset - BEFORE_MS, onset, limit);
    const after = before.length === 0 ? [] : await traceIdsOf(identity, onset, until, limit);
    // Nothing to compare with: no trace is fetched.
    if (after.length === 0) return { spans: [] };
    const answers = await Promise.all(
      [...new Set([...before, ...after])].map((traceId) => ask({ kind: 'by-trace', traceId })),
    );
    return { spans: answers.flatMap((answer) => (answer.kind === 'trace' ? answer.trace.spans.map(spanOf) : [])) };
  };
}

/** At most `limit` of them, from the whole range. */
export function spread<T>(values: readonly T[], limit: number): T[] {
  const step = Math.max(1, values.length / limit);
  return Array.from({ length: Math.min(limit, values.length) }, (_, at) => values[Math.floor(at * step)]!);
}
