import { isJsonObject, type JsonObject } from '../../json-fields.ts';
import type { LoggedError } from '../../log-record.ts';

/** Go's, and rust's: since 1.73 the message has lines of its own below the place. */
const PANIC = /^(?:thread '[^']*' (?:\(\d+\) )?panicked at |panic: |fatal error: )([^\n]*)/;
const PLACE = /^\S+:\d+:\d+:$/;
const BELOW_MESSAGE = /\n(?:note: |stack backtrace:)/;

export function panic(line: string): LoggedError | undefined {
  const match = PANIC.exec(line);
  if (match === null) return undefined;
  const first = (match[1] as string).trim();
  return { type: 'panic', message: PLACE.test(first) ? messageBelow(line) || first : first, isUncaught: true };
}

function messageBelow(line: string): string {
  const lineEnd = line.indexOf('\n');
  const below = lineEnd === -1 ? '' : line.slice(lineEnd);
  const end = below.search(BELOW_MESSAGE);
  return (end === -1 ? below : below.slice(0, end)).trim();
}

/** lambda_runtime's word about a panic that it caught (layers/panic.rs). The panic's own message stands in the lines before. */
export const RUST_PANICKED = 'user handler panicked';
const CAUGHT: LoggedError = { type: 'panic', message: RUST_PANICKED, isUncaught: true, isRuntimesOwn: true };
/** What was printed without a line end may stand in front; the target is left out where the subscriber was told so. */
const SPAN = 'ERROR Lambda runtime invoke{';
const IN_SPAN = /^[^}]*\}: (?:(lambda_runtime)[\w:]*: )?([^\n]*)/;

/**
 * What lambda_runtime itself writes of a handler that failed: a panic, and before it had layers each error returned, as its Debug tells
 * it. Without a target the latter is what any handler's own `error!` writes, and proves nothing.
 */
export function rustError(line: string): LoggedError | undefined {
  const at = line.indexOf(SPAN);
  const match = at === -1 ? null : IN_SPAN.exec(line.slice(at));
  if (match === null) return undefined;
  const said = match[2] as string;
  if (said.startsWith(RUST_PANICKED)) return CAUGHT;
  if (match[1] === undefined || !line.includes('}: lambda_runtime: ')) return undefined;
  return { type: /^[A-Z]\w*/.exec(said)?.[0] ?? 'Error', message: said, isUncaught: true, isRuntimesOwn: true };
}

/** A panic in the JSON format. */
export function rustPanickedIn({ fields, target }: JsonObject): LoggedError | undefined {
  if (typeof target !== 'string' || !target.startsWith('lambda_runtime')) return undefined;
  return isJsonObject(fields) && fields.message === RUST_PANICKED ? CAUGHT : undefined;
}
