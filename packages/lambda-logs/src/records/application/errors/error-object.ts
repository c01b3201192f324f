import { isJsonObject, type JsonObject, stringOf } from '../../json-fields.ts';
import type { LoggedError } from '../../log-record.ts';
import { raisedIn, TRACEBACK } from './python-error.ts';

/** An error as JSON: what runtimes, Powertools and the common loggers call its parts. */
export function errorObject(holder: JsonObject, isUncaught: boolean): LoggedError | undefined {
  const type =
    stringOf(holder.errorType) ?? stringOf(holder.exception_name) ?? stringOf(holder.name) ?? stringOf(holder.type);
  if (type === undefined) return undefined;
  const { message, stack: trace } = saidIn(holder);
  const stack = stackOf(holder.stackTrace ?? holder.stack ?? holder.trace) ?? trace;
  return { type, message, isUncaught, ...(stack === undefined ? {} : { stack }) };
}

/** `exception` of Powertools and structlog is a whole traceback: what was raised stands in its last line, and the sentence is another field. */
function saidIn({ errorMessage, exception, message }: JsonObject): { message: string; stack?: string } {
  const said = stringOf(errorMessage) ?? stringOf(exception) ?? stringOf(message) ?? '';
  if (!said.startsWith(TRACEBACK)) return { message: said };
  return { message: raisedIn(said)?.message ?? stringOf(message) ?? '', stack: said };
}

/** Lambda itself begins its messages with the request's id: a function that prints one quotes the answer of another. */
export const isOwnPayload = (message: unknown): boolean =>
  typeof message === 'string' && !message.startsWith('RequestId: ');

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

export function stackAfter(text: string, from: number): { stack?: string } {
  const stack = text.slice(from).trimEnd();
  return stack === '' ? {} : { stack };
}
