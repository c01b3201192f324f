import type { LogEvent } from '../../log-batch.ts';
import { mayHoldErrorLevel } from '../../records/application/log-level.ts';
import { isJsonObject, type JsonObject, parseJsonObject, stringOf } from '../../records/json-fields.ts';
import { parseLogEvent } from '../../records/parse-log-event.ts';
import type { InvocationSpan } from '../brackets/invocation-span.ts';
import type { StreamRecords } from '../stream-records.ts';
import { errorOfStack } from './error-of-stack.ts';
import type { OwnedLines } from './failure-evidence.ts';
import { isExtensions } from './survived-error.ts';

/** An error that an attempt logged and survived: a batch that fails in part, an API that answers 500 by itself. */
export interface HandledError {
  readonly type?: string;
  readonly message: string;
}

const OPEN_BRACE = 0x7b;

/** The last line of level ERROR or FATAL that the attempt's own code wrote; the runtime's line about an initialisation that failed is none. */
export function handledErrorOf(
  { events, records }: StreamRecords,
  { positions, span }: OwnedLines,
): HandledError | undefined {
  for (let index = positions.length - 1; index >= 0; index--) {
    const position = positions[index] as number;
    const { message } = events[position] as LogEvent;
    if (records[position] !== undefined || !mayBeLoggedError(message) || isExtensions(message)) continue;
    const line = parseLogEvent({ message });
    if (line.kind !== 'application' || (line.level !== 'ERROR' && line.level !== 'FATAL')) continue;
    if (line.error?.isUncaught === true && !(message.charCodeAt(0) === OPEN_BRACE && isAmid(span, position))) continue;
    return line.error === undefined
      ? describedIn(line.message, message)
      : shortened(line.error.type, line.error.message);
  }
  return undefined;
}

/** In the JSON format what a handler logged and survived there may look as if its runtime had written it. */
const isAmid = ({ start = -1, last }: InvocationSpan, position: number): boolean => position > start && position < last;

/** A line may have a quarter of a megabyte; nobody tells errors apart by so much. */
const MAX_CHARS = 300;

const shortened = (type: string | undefined, message: string): HandledError => ({
  ...(type === undefined ? {} : { type: type.slice(0, MAX_CHARS) }),
  message: message.slice(0, MAX_CHARS),
});

/** Structured loggers name the error beside their sentence; the sentence alone is the message then. Others print a stack below it. */
function describedIn(text: string, line: string): HandledError {
  const json = objectIn(text) ?? objectIn(line);
  if (json !== undefined)
    return shortened(typeIn(json), stringOf(json.message) ?? stringOf(json.msg) ?? stringOf(json.event) ?? text);
  const error = errorOfStack(text);
  return shortened(error?.type, error?.message || (error === undefined ? text : (text.split('\n', 1)[0] as string)));
}

const objectIn = (text: string): JsonObject | undefined =>
  text.charCodeAt(0) === OPEN_BRACE ? parseJsonObject(text) : undefined;

function typeIn({ errorName, errorType, error_name, error, err, code }: JsonObject): string | undefined {
  const nested = [error, err].find(isJsonObject);
  return stringOf(errorName) ?? stringOf(errorType) ?? stringOf(error_name) ?? stringOf(nested?.name) ?? stringOf(code);
}

const LOOKED_AT = 300;

/** Cheap test that a line may be of level ERROR or FATAL, for the layouts that runtimes and structured loggers use. */
export function mayBeLoggedError(message: string): boolean {
  return mayHoldErrorLevel(message.length > LOOKED_AT ? message.slice(0, LOOKED_AT) : message);
}
