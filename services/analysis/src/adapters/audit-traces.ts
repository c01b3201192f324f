import { spanOf } from '../domain/span-of.ts';
import type { TracePort } from '../ports.ts';
import type { AskAudit } from './ask-audit.ts';
import { partsOf, spread } from './spread.ts';

/** How far before the onset normal requests are looked for. */
const BEFORE_MS = 3_600_000;
/** Of so many calls the traced ones are taken: X-Ray samples a twentieth of them, and one a second. */
const CALLS = 400;
/** In so many parts of the range, each from its beginning: of a busy function the first hundred calls of a minute are those of its first second. */
const PARTS = 4;

/** Traces from what `aws/spans` told ingestion, asked through its query function. */
export function auditTraces(ask: AskAudit): TracePort {
  const tracedWithin = async (identity: Parameters<TracePort>[0], since: number, until: number) => {
    const { functionName, accountId, region } = identity;
    const owner = { functionName, accountId, region };
    const page = { limit: CALLS / PARTS, withoutMessages: true };
    const answer = await ask({ kind: 'by-function', ...owner, since, until, ...page });
    if (answer.kind !== 'invocations') return [];
    return answer.invocations.flatMap(({ traceId }) => (traceId === undefined ? [] : [traceId]));
  };
  const traceIdsOf = async (identity: Parameters<TracePort>[0], since: number, until: number, limit: number) => {
    const parts = partsOf(since, until, PARTS).map(([from, to]) => tracedWithin(identity, from, to));
    return spread([...new Set((await Promise.all(parts)).flat())], limit);
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
