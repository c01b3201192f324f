import type { TraceSpan } from '@lamplighter/contracts';
import { type LogEvent, parseLogEvent } from '@lamplighter/lambda-logs';
import { hasTimes, isSpanId, spanFrom } from './span-from.ts';
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

/** A span is logged when it has ended; clocks differ by minutes, not by hours. */
const FUTURE_MS = 3_600_000;
/** CloudWatch Logs takes no event older than 14 days (PutLogEvents, API reference), and nothing traced lasts longer. */
const OLD_MS = 15 * 86_400_000;

/** The span that an event of `aws/spans` holds, cut to measure; or why it is none. Never throws. */
export function readSpan({ message, timestamp }: Pick<LogEvent, 'message' | 'timestamp'>): ReadSpan {
  const record = parseLogEvent({ message });
  if (record.kind !== 'span') return { kind: 'rejected', reason: 'not-a-span' };
  const traceId = traceIdOf(record.traceId);
  if (traceId === undefined) return { kind: 'rejected', reason: 'bad-trace-id' };
  if (!isSpanId(record.spanId)) return { kind: 'rejected', reason: 'bad-span-id' };
  if (!hasTimes(record)) return { kind: 'rejected', reason: 'bad-times' };
  const { startedAt, endedAt } = record;
  if (endedAt > timestamp + FUTURE_MS) return { kind: 'rejected', reason: 'from-the-future' };
  if (startedAt < timestamp - OLD_MS) return { kind: 'rejected', reason: 'too-old' };
  return { kind: 'span', span: spanFrom(record, traceId) };
}
