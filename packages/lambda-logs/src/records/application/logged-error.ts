import { isJsonObject, type JsonObject, parseJsonObject, stringOf } from '../json-fields.ts';
import type { LoggedError } from '../log-record.ts';

const UNCAUGHT_NODE = ['Invoke Error', 'Uncaught Exception', 'Unhandled Promise Rejection'];
const PYTHON_TRACEBACK = 'Traceback (most recent call last)';
const RUBY = ['Error raised from handler method', 'Critical exception from handler', 'Init error when loading handler'];

/** `java.lang.ArithmeticException: / by zero`, `System.ApplicationException: …`: a dotted class name ending a sentence or a line. */
const EXCEPTION_CLASS =
  /^((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Fault))(?::[ \t]*([^\n]*))?(?:\r?\n|$)/;
const PYTHON_ERROR = /^\[ERROR\] ([A-Za-z_][\w.]*)(?:: ([^\n]*))?(?:\r?\n|$)/;
const PANIC = /^(?:thread '[^']*' (?:\(\d+\) )?panicked at|panic: |fatal error: )([^\n]*)/;

/** What the node runtime writes after its level column when a handler failed; undefined where an application wrote the line. */
export function nodeError(body: string): LoggedError | undefined {
  const label = UNCAUGHT_NODE.find((text) => body.startsWith(text));
  if (label === undefined) return undefined;
  const detail = parseJsonObject(body.slice(body.indexOf('{', label.length)));
  if (detail !== undefined) return errorObject(detail, true);
  const rest = body.slice(label.length).trim();
  return { type: label, message: rest, isUncaught: rest === '' || rest.startsWith('{') };
}

/** `fail` is the .NET runtime's own level; an exception class must open the text, or it is the application's message. */
export function exceptionText(body: string, isUncaught: boolean): LoggedError | undefined {
  const match = EXCEPTION_CLASS.exec(body);
  if (match === null) return undefined;
  return {
    type: match[1] as string,
    message: (match[2] ?? '').trim(),
    isUncaught,
    ...stackAfter(body, match[0].length),
  };
}

/** `[ERROR] Type: message` and its traceback: one record, written by the python runtime for an exception that left the handler. */
export function pythonError(line: string): LoggedError | undefined {
  const match = PYTHON_ERROR.exec(line);
  if (match === null) return undefined;
  const type = match[1] as string;
  const isUncaught = type.startsWith('Runtime.') || line.startsWith(PYTHON_TRACEBACK, match[0].length);
  if (!isUncaught && !/(?:Error|Exception|Interrupt|Exit|Warning)$/.test(type)) return undefined;
  return { type, message: match[2] ?? '', isUncaught, ...stackAfter(line, match[0].length) };
}

/** Errors in lines without columns: java, ruby, go and rust write theirs so. */
export function plainError(line: string): LoggedError | undefined {
  return javaError(line) ?? rubyError(line) ?? panic(line) ?? unknownError(line);
}

/** The java runtime writes `message: class`, then the stack trace that begins `class: message`; printStackTrace writes the latter alone. */
function javaError(line: string): LoggedError | undefined {
  const lineEnd = line.indexOf('\n');
  if (lineEnd === -1) return exceptionText(line, false);
  const second = exceptionText(line.slice(lineEnd + 1), true);
  if (second !== undefined && line.slice(0, lineEnd).trimEnd().endsWith(second.type)) return second;
  const isTrace = /^[^\n]*\r?\n\s*at /.test(line);
  return isTrace ? exceptionText(line, true) : exceptionText(line, false);
}

function rubyError(line: string): LoggedError | undefined {
  if (!RUBY.some((text) => line.startsWith(text))) return undefined;
  const detail = parseJsonObject(line.slice(Math.max(line.indexOf('{'), 0)));
  return detail === undefined ? { type: 'Function', message: line, isUncaught: true } : errorObject(detail, true);
}

function panic(line: string): LoggedError | undefined {
  const match = PANIC.exec(line);
  return match === null ? undefined : { type: 'panic', message: (match[1] as string).trim(), isUncaught: true };
}

function unknownError(line: string): LoggedError | undefined {
  if (!line.startsWith('Unknown application error occurred')) return undefined;
  const type = /\n(\w[\w.]*)/.exec(line)?.[1] ?? 'Runtime.Unknown';
  return { type, message: 'Unknown application error occurred', isUncaught: true };
}

/** An error as JSON: what runtimes, Powertools and the common loggers call its parts. */
export function errorObject(holder: JsonObject, isUncaught: boolean): LoggedError | undefined {
  const type =
    stringOf(holder.errorType) ?? stringOf(holder.exception_name) ?? stringOf(holder.name) ?? stringOf(holder.type);
  if (type === undefined) return undefined;
  const message = stringOf(holder.errorMessage) ?? stringOf(holder.exception) ?? stringOf(holder.message) ?? '';
  const stack = stackOf(holder.stackTrace ?? holder.stack ?? holder.trace);
  return { type, message, isUncaught, ...(stack === undefined ? {} : { stack }) };
}

function stackOf(stack: unknown): string | undefined {
  if (typeof stack === 'string') return stack;
  if (!Array.isArray(stack)) return undefined;
  return stack.map(frame).join('\n');
}

/** Go's frames are objects. */
function frame(value: unknown): string {
  if (!isJsonObject(value)) return String(value);
  return `${String(value.label ?? '')} ${String(value.path ?? '')}:${String(value.line ?? '')}`.trim();
}

function stackAfter(text: string, from: number): { stack?: string } {
  const stack = text.slice(from).trimEnd();
  return stack === '' ? {} : { stack };
}
