import type { TraceSpan } from '@lamplighter/contracts';
import type { SpanRecord } from '@lamplighter/lambda-logs';

const SPAN_ID = /^(?!0{16}$)[0-9a-f]{16}$/i;
/** What a name is cut to: a text of somebody's would fill the table. */
const MAX_CHARS = 300;
const MAX_MESSAGE_CHARS = 1_000;

/** Times that are times, the end not before the start. */
export const hasTimes = ({ startedAt, endedAt, durationMs }: SpanRecord): boolean =>
  [startedAt, endedAt, durationMs].every(Number.isFinite) && endedAt >= startedAt && durationMs >= 0;

export const isSpanId = (text: string): boolean => SPAN_ID.test(text);

/** A record as the audit has it: ids in lower case, texts cut to measure. */
export function spanFrom(record: SpanRecord, traceId: string): TraceSpan {
  const { startedAt, endedAt, durationMs, spanKind, httpStatusCode, error } = record;
  const parent = record.parentSpanId?.toLowerCase();
  return {
    traceId,
    spanId: record.spanId.toLowerCase(),
    ...(parent !== undefined && isSpanId(parent) ? { parentSpanId: parent } : {}),
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
