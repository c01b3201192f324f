import { RUST_PANICKED } from '../../records/application/errors/rust-error.ts';
import type { ApplicationRecord, LoggedError } from '../../records/log-record.ts';
import { parseLogEvent } from '../../records/parse-log-event.ts';
import type { StreamRecords } from '../stream-records.ts';
import { isErrorsHead, rejoined } from './torn-error.ts';

/** A line in its stream, and the request that it was written for. */
export interface LinePlace {
  readonly position: number;
  readonly requestId: string;
  readonly isBeforeStart: boolean;
}

/**
 * The runtime's own line about a handler that failed, or undefined. Cheap for lines that cannot be one: they are not taken apart. An error
 * that was torn into an event for each line, as in container images and in copies, is read from its first.
 */
export function uncaughtErrorIn(stream: StreamRecords, place: LinePlace): LoggedError | undefined {
  const message = stream.events[place.position]?.message ?? '';
  if (!mayBeUncaught(message)) return undefined;
  const record = applicationRecord(message);
  const whole = isErrorsHead(message) ? applicationRecord(rejoined(stream, place.position)) : undefined;
  const error = whole?.error ?? record?.error;
  return error?.isUncaught === true && isOfRequest(record, message, place) ? error : undefined;
}

function applicationRecord(message: string): ApplicationRecord | undefined {
  const record = parseLogEvent({ message });
  return record.kind === 'application' ? record : undefined;
}

/**
 * In the JSON format the runtimes name the request. Those that cannot do without: initialisations, error payloads, which have no level or, in a
 * record of go's slog, that of information, and python's older runtimes, which alone say log_level.
 */
function isOfRequest(record: ApplicationRecord | undefined, message: string, place: LinePlace): boolean {
  if (record?.format !== 'json') return true;
  const { requestId, level } = record;
  if (requestId !== undefined) return requestId === place.requestId;
  return place.isBeforeStart || level === undefined || level === 'INFO' || message.includes('"log_level"');
}

/** Any error that a line carries, caught or not: to name what a failed invocation logged last. */
export function errorIn(message: string): LoggedError | undefined {
  if (!message.includes('rror') && !message.includes('xception') && !message.includes('fail')) return undefined;
  return applicationRecord(message)?.error;
}

const LOOKED_AT = 300;
/** Where java's runtime names the request: behind the message, with a tenant's id of 256 characters at most behind it. */
const JAVAS_TAIL_CHARS = 350;
/** As JSON escapes it. */
const JAVAS_FRAME = '\\n\\tat ';

/** Cheap test that a line may be the runtime's about a handler that failed. */
export function mayBeUncaught(message: string): boolean {
  const code = message.charCodeAt(0);
  if (code === 0x7b) return mayBeInJson(message);
  if (code === 0x5b) return message.startsWith('[ERROR] ');
  if (code >= 0x30 && code <= 0x39) return hasErrorColumn(message);
  if (
    message.startsWith('ERROR Lambda runtime') ||
    message.startsWith('panic') ||
    message.startsWith('thread ') ||
    message.startsWith('fatal error')
  )
    return true;
  const head = message.length > LOOKED_AT ? message.slice(0, LOOKED_AT) : message;
  return head.includes('xception') || head.includes('rror') || hasJavaFrames(message);
}

/** An error payload may be the text of another record, its quotes escaped. What lines hold least often is looked for first. */
const mayBeInJson = (message: string): boolean =>
  message.includes('"errorType') ||
  message.slice(0, LOOKED_AT).includes(RUST_PANICKED) ||
  (message.includes(JAVAS_FRAME) && message.slice(-JAVAS_TAIL_CHARS).includes('"AWSRequestId"'));

/** Above its frames java may name any class. */
function hasJavaFrames(message: string): boolean {
  const lineEnd = message.indexOf('\n');
  return lineEnd !== -1 && lineEnd < message.length - 1 && message.indexOf('\n\tat ', lineEnd) !== -1;
}

/** node's and .NET's third column; copies with blanks for tabs are searched. Go's lines begin with a date of its own. */
function hasErrorColumn(message: string): boolean {
  if (message.charCodeAt(4) === 0x2f) return message.includes('"errorType"');
  if (message.charCodeAt(24) !== 0x09) {
    const head = message.slice(0, LOOKED_AT);
    return head.includes('ERROR') || head.includes('fail') || head.includes('rror') || head.includes('xception');
  }
  const level = message.indexOf('\t', 25) + 1;
  return message.startsWith('ERROR', level) || message.startsWith('fail', level);
}
