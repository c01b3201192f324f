import type { LoggedError } from '../../records/log-record.ts';
import { parseLogEvent } from '../../records/parse-log-event.ts';

const PYTHON_TRACEBACK = 'Traceback (most recent call last)';

/**
 * The runtime's own line about a handler that failed, or undefined. Cheap for lines that cannot be one: they are not taken apart.
 * `next` is the message after it, for copies that hold python's traceback as a line of its own.
 */
export function uncaughtErrorIn(message: string, next: string | undefined): LoggedError | undefined {
  if (!mayBeUncaught(message)) return undefined;
  const record = parseLogEvent({ message });
  if (record.kind !== 'application' || record.error === undefined) return undefined;
  if (record.error.isUncaught) return record.error;
  const isTraced = message.startsWith('[ERROR] ') && next?.startsWith(PYTHON_TRACEBACK) === true;
  return isTraced ? { ...record.error, isUncaught: true } : undefined;
}

/** Any error that a line carries, caught or not: to name what a failed invocation logged last. */
export function errorIn(message: string): LoggedError | undefined {
  if (!message.includes('rror') && !message.includes('xception') && !message.includes('fail')) return undefined;
  const record = parseLogEvent({ message });
  return record.kind === 'application' ? record.error : undefined;
}

const LOOKED_AT = 300;

/** Cheap test that a line may be the runtime's about a handler that failed. */
export function mayBeUncaught(message: string): boolean {
  const code = message.charCodeAt(0);
  if (code === 0x7b)
    return message.startsWith('{"errorT') || message.startsWith('{"errorM') || message.includes('"errorType"');
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
