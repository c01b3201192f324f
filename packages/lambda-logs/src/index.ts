export { type ErrorFingerprint, fingerprintOf } from './fingerprint.ts';
export { type FunctionIdentity, functionOf, isWebFunction } from './function-identity.ts';
export type { Attempt, InvocationStatus, MissingPart, ProcessedMessage } from './invocation.ts';
export type { LogBatch, LogEvent, LogSource } from './log-batch.ts';
export { type Invocation, mergeAttempts } from './merge-attempts.ts';
export { decodeKinesisRecordData } from './payload/decode-kinesis-record-data.ts';
export {
  type DecodedPayload,
  type DecodeLimits,
  decodeSubscriptionPayload,
} from './payload/decode-subscription-payload.ts';
export type {
  ApplicationRecord,
  LogFormat,
  LoggedError,
  LogRecord,
  PlatformRecord,
  PlatformSpan,
  ReportFigures,
  ReportRecord,
  SpanKind,
  SpanRecord,
  TraceContext,
} from './records/log-record.ts';
export { parseLogEvent, parsePlatformRecord } from './records/parse-log-event.ts';
export { parseSegment } from './records/traces/parse-segment.ts';
export type { EventRejectReason, RejectedEvent, RejectedPayload, RejectReason } from './reject-reason.ts';
export {
  type AttemptLine,
  type AttributionOptions,
  attributeStream,
  type StreamAttribution,
} from './timeline/attribute-stream.ts';
export { NEIGHBOURHOOD_MS } from './timeline/brackets/neighbourhood.ts';
