import type { LoggedError } from '../../log-record.ts';

export const TRACEBACK = 'Traceback (most recent call last):';
const HEAD = /^\[ERROR\] ([A-Za-z_][\w.]*)(?:: |(?=\n|$))/;
const ERROR_NAME = /(?:Error|Exception|Interrupt|Exit|Warning)$/;
/** The line that says what was raised: at the margin, as no frame is. */
const RAISED = /^(?:([A-Za-z_][\w.]*): ([^\n]*)|((?:\w+\.)*[A-Z]\w*)[ \t]*$)/m;

/**
 * `[ERROR] Type: message` and its traceback: one record, written by the python runtime for an exception that left the handler. The message
 * may have lines of its own; below the traceback the runtime writes frames only, where `logging` ends with what was raised
 * (awslambdaric/bootstrap.py, log_error). In container images its lines end with `\r` (StandardLogSink).
 */
export function pythonError(line: string): LoggedError | undefined {
  const text = line.includes('\r') ? line.replace(/\r\n?/g, '\n') : line;
  const match = HEAD.exec(text);
  if (match === null) return undefined;
  const type = match[1] as string;
  const from = match[0].length;
  const trace = text.indexOf(`\n${TRACEBACK}`, from);
  const isUncaught = type.startsWith('Runtime.') || (trace !== -1 && raisedIn(text, trace) === undefined);
  if (!isUncaught && !ERROR_NAME.test(type)) return undefined;
  const lineEnd = text.indexOf('\n', from);
  const end = trace === -1 ? (lineEnd === -1 ? text.length : lineEnd) : trace;
  const stack = text.slice(end + 1).trimEnd();
  return { type, message: text.slice(from, end).trim(), isUncaught, ...(stack === '' ? {} : { stack }) };
}

/** What a traceback says was raised, from its last line; nothing of the runtime's, which has frames only. Linear. */
export function raisedIn(text: string, from = 0): { type: string; message: string } | undefined {
  const trace = text.indexOf(TRACEBACK, from);
  if (trace === -1) return undefined;
  const match = RAISED.exec(text.slice(text.lastIndexOf(TRACEBACK) + TRACEBACK.length));
  if (match === null) return undefined;
  return { type: (match[1] ?? match[3]) as string, message: match[2] ?? '' };
}
