import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { AuditAnswer, type AuditQuery, type TraceSpan } from '@lamplighter/contracts';
import type { Span } from '@lamplighter/diagnosis';
import { LamplighterError } from '@lamplighter/lambda-kit';
import type { TracePort } from '../ports.ts';

/** How far before the onset normal requests are looked for. */
const BEFORE_MS = 3_600_000;

/** Traces from what `aws/spans` told ingestion, asked through its query function. */
export function auditTraces(client: LambdaClient, functionName: string): TracePort {
  const ask = async (query: AuditQuery): Promise<AuditAnswer> => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError)
      throw new LamplighterError('AUDIT_UNANSWERED', `The audit did not answer: ${text.slice(0, 300)}`);
    return AuditAnswer.parse(JSON.parse(text));
  };
  const traceIdsOf = async (identity: Parameters<TracePort>[0], since: number, until: number, limit: number) => {
    const { functionName: name, accountId, region } = identity;
    const answer = await ask({ kind: 'by-function', functionName: name, accountId, region, since, until, limit });
    if (answer.kind !== 'invocations') return [];
    return answer.invocations.flatMap(({ traceId }) => (traceId === undefined ? [] : [traceId]));
  };
  return async (identity, { onset, until, limit }) => {
    const before = await traceIdsOf(identity, onset - BEFORE_MS, onset, limit);
    const after = await traceIdsOf(identity, onset, until, limit);
    const answers = await Promise.all(
      [...new Set([...before, ...after])].map((traceId) => ask({ kind: 'by-trace', traceId })),
    );
    return { spans: answers.flatMap((answer) => (answer.kind === 'trace' ? answer.trace.spans.map(spanOf) : [])) };
  };
}

/** The work that a span names: what it called, where it called something. */
function spanOf(span: TraceSpan): Span {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentId: span.parentSpanId }),
    service: span.remoteService ?? span.serviceName ?? span.functionName ?? 'unknown',
    name: span.remoteOperation ?? span.name,
    startMs: span.startedAt,
    durationMs: span.durationMs,
    isError: span.error !== undefined || (span.httpStatusCode ?? 0) >= 500,
  };
}
