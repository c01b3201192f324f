export { decodeKinesisRecordData } from './decode-kinesis-record-data.ts';
export {
  DEFAULT_MAX_INFLATED_BYTES,
  type DecodedPayload,
  type DecodeLimits,
  decodeSubscriptionPayload,
} from './decode-subscription-payload.ts';
export { type ErrorFingerprint, fingerprintOf } from './fingerprint.ts';
export { type FunctionIdentity, functionOf } from './function-identity.ts';
export type { Attempt, InvocationStatus, MissingPart, ProcessedMessage } from './invocation.ts';
export type { LogBatch, LogEvent, LogSource } from './log-batch.ts';
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
} from './log-record.ts';
export { type Invocation, mergeAttempts, uniteAttempts } from './merge-attempts.ts';
export { parseLogEvent } from './parse-log-event.ts';
export { parseSegment } from './parse-segment.ts';
export type { EventRejectReason, RejectedEvent, RejectedPayload, RejectReason } from './reject-reason.ts';
export { type ExportedLine, stripExportPrefix } from './strip-export-prefix.ts';
export {
  type AttemptLine,
  type AttributionOptions,
  attributeStream,
  type StreamAttribution,
} from './timeline/attribute-stream.ts';
export { NEIGHBOURHOOD_MS } from './timeline/neighbourhood.ts';
