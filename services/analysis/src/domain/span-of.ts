import type { TraceSpan } from '@lamplighter/contracts';
import type { Span } from '@lamplighter/diagnosis';

/** The work that a span names: what it called, where it called something; else a part of its function. */
export function spanOf(span: TraceSpan): Span {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentId: span.parentSpanId }),
    service: span.remoteService ?? span.functionName ?? span.serviceName ?? 'unknown',
    name: span.remoteOperation ?? span.name,
    startMs: span.startedAt,
    durationMs: span.durationMs,
    isError: span.error !== undefined || (span.httpStatusCode ?? 0) >= 500,
  };
}
