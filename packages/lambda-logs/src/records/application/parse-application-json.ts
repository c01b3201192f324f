import { isJsonObject, type JsonObject, known, stringOf } from '../json-fields.ts';
import type { ApplicationRecord, LoggedError } from '../log-record.ts';
import { requestIdIn } from '../request-id.ts';
import { readTraceHeader } from '../traces/trace-header.ts';
import { errorObject, isOwnPayload } from './errors/error-object.ts';
import { goErrorIn } from './errors/go-error.ts';
import { plainError } from './errors/plain-error.ts';
import { raisedIn, TRACEBACK } from './errors/python-error.ts';
import { rustPanickedIn } from './errors/rust-error.ts';
import { levelOf } from './log-level.ts';
import { messagesInJson } from './processed-messages.ts';

/**
 * An application line of the JSON log format, or of a structured logger in any format: the runtimes' own (node, python, java, .NET,
 * ruby, rust), Powertools, pino, and EMF. `requestId` is what the line claims.
 */
export function parseApplicationJson(line: JsonObject, raw: string): ApplicationRecord {
  const copy = telemetryCopy(line);
  if (copy !== undefined) return copy;
  return known<ApplicationRecord>({
    kind: 'application',
    format: 'json',
    requestId: requestIdOf(line),
    level: levelOf(line.level) ?? levelOf(line.log_level) ?? levelOf(line.severity),
    message: textOf(line) ?? raw,
    error: errorOf(line),
    traceId: traceIdOf(line),
    messages: messagesInJson(line),
    isColdStart: typeof line.cold_start === 'boolean' ? line.cold_start : undefined,
    isMetric: isJsonObject(line._aws) ? true : undefined,
  });
}

/** The Telemetry API's copies of lines, `{time, type: "function" | "extension", record}`. */
function telemetryCopy({ type, record, time }: JsonObject): ApplicationRecord | undefined {
  if ((type !== 'function' && type !== 'extension') || typeof time !== 'string' || record === undefined)
    return undefined;
  if (isJsonObject(record)) return { ...parseApplicationJson({ ...record, type: undefined }, ''), writtenBy: type };
  if (typeof record !== 'string') return undefined;
  return { kind: 'application', format: 'json', message: record, messages: [], writtenBy: type };
}

/** node and .NET say requestId, java AWSRequestId, python either, Powertools function_request_id, rust nests it in its span. */
function requestIdOf(line: JsonObject): string | undefined {
  return (
    requestIdIn(line.requestId) ??
    requestIdIn(line.AWSRequestId) ??
    requestIdIn(line.awsRequestId) ??
    requestIdIn(line.aws_request_id) ??
    requestIdIn(line.function_request_id) ??
    requestIdIn(line.request_id) ??
    requestIdIn(line.RequestId) ??
    (isJsonObject(line.span) ? requestIdIn(line.span.requestId) : undefined)
  );
}

/** structlog says `event`. A message that is an object or null has no text of its own: the whole line is then its text. */
function textOf({ message, msg, event, fields, errorMessage }: JsonObject): string | undefined {
  if (typeof message === 'string') return message;
  if (typeof msg === 'string') return msg;
  if (typeof event === 'string' && message === undefined) return event;
  if (isJsonObject(fields) && typeof fields.message === 'string') return fields.message;
  return message === undefined || message === null ? stringOf(errorMessage) : undefined;
}

function errorOf(line: JsonObject): LoggedError | undefined {
  if (typeof line.errorType === 'string' && line.errorType !== '') return errorObject(line, isRuntimesOwn(line));
  if (typeof line.exception_name === 'string') return errorObject(line, false);
  if (isJsonObject(line.error)) return errorObject(line.error, false);
  if (isJsonObject(line.err)) return errorObject(line.err, false);
  if (isJsonObject(line.message) && typeof line.message.errorType === 'string')
    return errorObject(line.message, isRuntimesOwn(line));
  return javaErrorIn(line) ?? rustPanickedIn(line) ?? goErrorIn(line) ?? raisedError(line);
}

/** structlog tells the exception by its traceback alone. */
function raisedError({ exception }: JsonObject): LoggedError | undefined {
  const raised = typeof exception === 'string' && exception.startsWith(TRACEBACK) ? raisedIn(exception) : undefined;
  return raised === undefined ? undefined : { ...raised, isUncaught: false, stack: exception as string };
}

/**
 * The runtime's line about a failed handler, in contrast to an error that the application logged: go and the error payloads have no
 * level and no time, python's older runtimes alone say log_level, node's text format says how it caught it, and the others write the bare error.
 */
function isRuntimesOwn(line: JsonObject): boolean {
  if (line.log_level !== undefined && line.level === undefined) return true;
  if (line.level === undefined && line.timestamp === undefined) return isOwnPayload(line.errorMessage);
  const text = line.message;
  if (typeof text !== 'string' || text === '') return isBareError(line);
  return (
    text.startsWith('Invoke Error') ||
    text.startsWith('Uncaught Exception') ||
    text.startsWith('Unhandled Promise Rejection')
  );
}

/** What the runtimes put around an error in the JSON format. A logger adds its own: `service`, `logger`, `location`, a sentence. */
const RUNTIMES_KEYS: ReadonlySet<string> = new Set([
  'timestamp',
  'level',
  'requestId',
  'tenantId',
  'traceId',
  'message',
  'errorType',
  'errorMessage',
  'stackTrace',
]);

/**
 * Type, message and stack of an error at level ERROR or FATAL, and nobody's words beside them: node's runtime (src/logging/formatter.ts) writes
 * it as the message, python's (bootstrap.py, log_error) without a message, .NET's (JsonLogMessageFormatter) beside a message of null. Node's is
 * exactly what `console.error(error)` writes, so where it stands must tell the two apart.
 */
function isBareError(line: JsonObject): boolean {
  const level = levelOf(line.level);
  if (level !== 'ERROR' && level !== 'FATAL') return false;
  const { errorType, errorMessage, stackTrace } = isJsonObject(line.message) ? line.message : line;
  if (typeof errorType !== 'string' || typeof errorMessage !== 'string' || !Array.isArray(stackTrace)) return false;
  return Object.keys(line).every((key) => RUNTIMES_KEYS.has(key));
}

const JAVAS_KEYS: ReadonlySet<string> = new Set(['timestamp', 'message', 'level', 'AWSRequestId', 'tenantId']);

/** Java's runtime (StructuredLogMessage) has no field for an error: what it writes as text is the message. */
function javaErrorIn(line: JsonObject): LoggedError | undefined {
  const { message, AWSRequestId } = line;
  if (typeof AWSRequestId !== 'string' || typeof message !== 'string' || levelOf(line.level) !== 'ERROR')
    return undefined;
  if (!message.includes('\n\tat ')) return undefined;
  return Object.keys(line).every((key) => JAVAS_KEYS.has(key)) ? plainError(message) : undefined;
}

/** .NET writes the whole header under traceId; Powertools only its root under xray_trace_id. */
function traceIdOf(line: JsonObject): string | undefined {
  const value = stringOf(line.xray_trace_id) ?? stringOf(line.traceId) ?? stringOf(line.xRayTraceId);
  return value?.includes('Root=') ? readTraceHeader(value).traceId : value;
}
