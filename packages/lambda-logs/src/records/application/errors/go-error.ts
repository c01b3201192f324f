import { type JsonObject, parseJsonObject } from '../../json-fields.ts';
import type { LoggedError } from '../../log-record.ts';
import { errorObject, isOwnPayload } from './error-object.ts';

/** What the package `log` puts in front of a line, microseconds and source included where they are asked for. */
const LOG_PREFIX = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{6})? (?:[\w./@-]{1,200}\.go:\d{1,9}: )?/;
/** Behind the payload of a panic (lambda/invoke_loop.go, handleInvoke). */
export const GO_PANICKED = 'calling the handler function resulted in a panic, the process should exit';

/** aws-lambda-go writes each error that a handler returned, and each panic, by `log.Printf` (lambda/invoke_loop.go, reportFailure). */
export function goError(line: string): LoggedError | undefined {
  const prefix = LOG_PREFIX.exec(line)?.[0];
  return prefix === undefined ? undefined : payloadError(line.slice(prefix.length));
}

/** The payload in a record of slog, where that took `log` over: slog names the message `msg`, and the level by a word. */
export const goErrorIn = ({ msg, level }: JsonObject): LoggedError | undefined =>
  typeof msg === 'string' && typeof level === 'string' ? payloadError(msg) : undefined;

function payloadError(text: string): LoggedError | undefined {
  const payload = text.startsWith('{"errorMessage":') ? parseJsonObject(text) : undefined;
  return payload === undefined ? undefined : errorObject(payload, isOwnPayload(payload.errorMessage));
}
