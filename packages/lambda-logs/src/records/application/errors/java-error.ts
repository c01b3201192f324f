import type { LoggedError } from '../../log-record.ts';
import { stackAfter } from './error-object.ts';

/** `java.lang.ArithmeticException: / by zero`, `System.ApplicationException: …`: a dotted class name ending a sentence or a line. */
const EXCEPTION_CLASS =
  /^((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Fault))(?::[ \t]*([^\n]*))?(?:\r?\n|$)/;
/** Below .NET's own level any class of a namespace will do where frames follow. */
const DOTNET_CLASS = /^((?:[A-Za-z_]\w*[.+])+[A-Za-z_][\w`]*)(?::[ \t]*([^\n]*))?(?:\r?\n|$)/;
const DOTNET_FRAME = '\n   at ';
const CLASS = /^(?:[A-Za-z_$][\w$]*\.)*[A-Za-z_$][\w$]*$/;
const EXCEPTION_NAME = /(?:Exception|Error|Throwable|Fault)$/;
const FRAME = '\n\tat ';

/** An exception class must open the text, or it is the application's message. */
export function exceptionText(body: string, isUncaught: boolean): LoggedError | undefined {
  const match = EXCEPTION_CLASS.exec(body);
  return match === null ? undefined : classError(body, match, isUncaught);
}

/** `fail` is the .NET runtime's own level: what it writes there of a handler that failed is the exception and its frames. */
export function dotnetError(body: string): LoggedError | undefined {
  const match = body.includes(DOTNET_FRAME) ? DOTNET_CLASS.exec(body) : null;
  return match === null ? exceptionText(body, true) : classError(body, match, true);
}

function classError(text: string, match: RegExpExecArray, isUncaught: boolean): LoggedError {
  const lineEnd = text.indexOf('\n');
  const stack = stackAfter(text, lineEnd === -1 ? text.length : lineEnd + 1);
  return { type: match[1] as string, message: (match[2] ?? '').trim(), isUncaught, ...stack };
}

/** The runtime's `message: class` above the trace, or a trace alone, as printStackTrace writes it. */
export function javaError(line: string): LoggedError | undefined {
  if (!line.includes('\n')) return exceptionText(line, false);
  const isTrace = /^[^\n]*\r?\n\s*at /.test(line);
  return signedError(line) ?? exceptionText(line, isTrace);
}

/**
 * `message: class`, then the trace that begins `class: message` (UserFault.reportableError): nobody else writes both, so it needs no known
 * ending of the class; one without a package needs frames below it. The message may have lines of its own.
 */
function signedError(text: string): LoggedError | undefined {
  let from = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
    const line = text.slice(from, end).trimEnd();
    if (line.startsWith('\tat ')) return undefined;
    const colon = line.lastIndexOf(': ');
    const type = colon === -1 ? '' : line.slice(colon + 2);
    if (CLASS.test(type) && isTraceOf(text, end + 1, type)) {
      const message = hasMessage(text, end + 1 + type.length) ? text.slice(0, from + colon).trim() : '';
      return { type, message, isUncaught: true, isRuntimesOwn: true, ...stackAfter(text, end + 1) };
    }
    from = end + 1;
  }
  return undefined;
}

function isTraceOf(text: string, at: number, type: string): boolean {
  if (!text.startsWith(type, at) || !/^(?::|\s|$)/.test(text.slice(at + type.length, at + type.length + 1)))
    return false;
  return type.includes('.') || EXCEPTION_NAME.test(type) || text.includes(FRAME, at);
}

/** An exception without a message is told by its class a second time, or as `null`. */
const hasMessage = (text: string, at: number): boolean => text.charCodeAt(at) === 0x3a;
