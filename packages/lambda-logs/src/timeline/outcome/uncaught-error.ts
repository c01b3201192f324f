import type { ApplicationRecord, LoggedError } from '../../records/log-record.ts';
import { parseLogEvent } from '../../records/parse-log-event.ts';

const PYTHON_TRACEBACK = 'Traceback (most recent call last)';

/** Where a line stands: `next` is the message after it, for copies that hold python's traceback as a line of its own. */
export interface LinePlace {
  readonly next: string | undefined;
  readonly requestId: string;
  readonly isBeforeStart: boolean;
}

/** The runtime's own line about a handler that failed, or undefined. Cheap for lines that cannot be one: they are not taken apart. */
export function uncaughtErrorIn(message: string, place: LinePlace): LoggedError | undefined {
  if (!mayBeUncaught(message)) return undefined;
  const record = parseLogEvent({ message });
  if (record.kind !== 'application' || record.error === undefined) return undefined;
  if (record.error.isUncaught) return isOfRequest(record, message, place) ? record.error : undefined;
  const isTraced = message.startsWith('[ERROR] ') && place.next?.startsWith(PYTHON_TRACEBACK) === true;
  return isTraced ? { ...record.error, isUncaught: true } : undefined;
}

/**
 * In the JSON format the runtimes name the request. Those that cannot do without: initialisations, error payloads, which have no level, and
 * python's older runtimes, which alone say log_level.
 */
function isOfRequest({ format, requestId, level }: ApplicationRecord, message: string, place: LinePlace): boolean {
  if (format !== 'json') return true;
  if (requestId !== undefined) return requestId === place.requestId;
  return place.isBeforeStart || level === undefined || message.includes('"log_level"');
}

/** Any error that a line carries, caught or not: to name what a failed invocation logged last. */
export function errorIn(message: string): LoggedError | undefined {
  if (!message.includes('rror') && !message.includes('xception') && !message.includes('fail')) return undefined;
  const record = parseLogEvent({ message });
  return record.kind === 'application' ? record.error : undefined;
}

const LOOKED_AT = 300;
/** As JSON escapes it. */
const JAVAS_FRAME = '\\n\\tat ';

/** Cheap test that a line may be the runtime's about a handler that failed. */
export function mayBeUncaught(message: string): boolean {
  const code = message.charCodeAt(0);
  if (code === 0x7b)
    return message.includes('"errorType"') || (message.includes('"AWSRequestId"') && message.includes(JAVAS_FRAME));
  if (code === 0x5b) return message.startsWith('[ERROR] ');
  if (code >= 0x30 && code <= 0x39) return hasErrorColumn(message);
  if (message.startsWith('panic') || message.startsWith('thread ') || message.startsWith('fatal error')) return true;
  const head = message.length > LOOKED_AT ? message.slice(0, LOOKED_AT) : message;
  return head.includes('xception') || head.includes('rror');
}

/** node's and .NET's third column; copies with blanks for tabs are searched. */
function hasErrorColumn(message: string): boolean {
  if (message.charCodeAt(24) !== 0x09) {
    const head = message.slice(0, LOOKED_AT);
    return head.includes('ERROR') || head.includes('fail') || head.includes('rror:') || head.includes('xception');
  }
  const level = message.indexOf('\t', 25) + 1;
  return message.startsWith('ERROR', level) || message.startsWith('fail', level);
}
