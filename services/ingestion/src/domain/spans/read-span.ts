import type { TraceSpan } from '@lamplighter/contracts';
import { type LogEvent, parseLogEvent, type SpanRecord } from '@lamplighter/lambda-logs';
import { traceIdOf } from './trace-id.ts';

export type ReadSpan =
  | { readonly kind: 'span'; readonly span: TraceSpan }
  | { readonly kind: 'rejected'; readonly reason: SpanRejectReason };

export type SpanRejectReason =
  | 'not-a-span'
  | 'bad-trace-id'
  | 'bad-span-id'
  | 'bad-times'
  | 'from-the-future'
  | 'too-old';

const SPAN_ID = /^(?!0{16}$)[0-9a-f]{16}$/i;
/** A span is logged when it has ended; clocks differ by minutes, not by hours. */
const FUTURE_MS = 3_600_000;
/** CloudWatch Logs takes no event older than 14 days (PutLogEvents, API reference), and nothing traced lasts longer. */
const OLD_MS = 15 * 86_400_000;
/** What a name is cut to: a text of somebody's would fill the table. */
const MAX_CHARS = 300;
const MAX_MESSAGE_CHARS = 1_000;

/** The span that an event of `aws/spans` holds, cut to measure; or why it is none. Never throws. */
export function readSpan({ message, timestamp }: Pick<LogEvent, 'message' | 'timestamp'>): ReadSpan {
  const record = parseLogEvent({ message });
  if (record.kind !== 'span') return { kind: 'rejected', reason: 'not-a-span' };
  const traceId = traceIdOf(record.traceId);
  if (traceId === undefined) return { kind: 'rejected', reason: 'bad-trace-id' };
  if (!SPAN_ID.test(record.spanId)) return { kind: 'rejected', reason: 'bad-span-id' };
  const { startedAt, endedAt, durationMs } = record;
  if (![startedAt, endedAt, durationMs].every(Number.isFinite) || endedAt < startedAt || durationMs < 0)
    return { kind: 'rejected', reason: 'bad-times' };
  if (endedAt > timestamp + FUTURE_MS) return { kind: 'rejected', reason: 'from-the-future' };
  if (startedAt < timestamp - OLD_MS) return { kind: 'rejected', reason: 'too-old' };
  return { kind: 'span', span: spanFrom(record, traceId) };
}

function spanFrom(record: SpanRecord, traceId: string): TraceSpan {
  const { startedAt, endedAt, durationMs, spanKind, httpStatusCode, error } = record;
  const parent = record.parentSpanId?.toLowerCase();
  return {
    traceId,
    spanId: record.spanId.toLowerCase(),
    ...(parent !== undefined && SPAN_ID.test(parent) ? { parentSpanId: parent } : {}),
    name: record.name.slice(0, MAX_CHARS),
    startedAt,
    endedAt,
    durationMs,
    ...cut('requestId', record.requestId),
    ...cut('functionArn', record.functionArn),
    ...cut('functionName', record.functionName),
    ...cut('serviceName', record.serviceName),
    ...(spanKind === undefined ? {} : { spanKind }),
    ...cut('remoteService', record.remoteService),
    ...cut('remoteOperation', record.remoteOperation),
    ...(httpStatusCode === undefined ? {} : { httpStatusCode }),
    ...(error === undefined
      ? {}
      : { error: { ...cut('type', error.type), ...cut('message', error.message, MAX_MESSAGE_CHARS) } }),
  };
}

function cut<Key extends string>(key: Key, text: string | undefined, length = MAX_CHARS): { [K in Key]?: string } {
  return text === undefined ? {} : ({ [key]: text.slice(0, length) } as { [K in Key]?: string });
}
