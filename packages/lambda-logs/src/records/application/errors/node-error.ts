import { parseJsonObject } from '../../json-fields.ts';
import type { LoggedError } from '../../log-record.ts';
import { errorObject } from './error-object.ts';

/** The newest client writes `Init Error` for a module that does not load (src/utils/runtime-setup.ts), older ones `Uncaught Exception`. */
const LABELS = ['Invoke Error', 'Uncaught Exception', 'Unhandled Promise Rejection', 'Init Error'];
/** Bref's lines for php: the request's id in front, no time and no level (LambdaRuntime::signalFailure). */
const BREF = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\tInvoke Error\t/i;
/** The last words of a process of node that an error ended, on stderr: the source line, the error and its frames, the version. */
const VERSION = '\nNode.js v';
const THROWN = /^(?:Uncaught )?([A-Z][\w.]*)(?: \[\w+\])?(?:: ([^\n]*))?\n\s+at /m;

/** What the node runtime writes after its level column when a handler failed; undefined where an application wrote the line. */
export function nodeError(body: string): LoggedError | undefined {
  const label = LABELS.find((text) => body.startsWith(text));
  if (label === undefined) return undefined;
  const open = body.indexOf('{', label.length);
  const detail = open === -1 ? undefined : parseJsonObject(body.slice(open));
  if (detail !== undefined) return errorObject(detail, true);
  const rest = body.slice(label.length).trim();
  const type = rest.startsWith('{') ? fieldOf(rest, 'errorType') : undefined;
  if (type !== undefined) return { type, message: fieldOf(rest, 'errorMessage') ?? '', isUncaught: true };
  return { type: label, message: rest, isUncaught: rest === '' || rest.startsWith('{') };
}

export function brefError(line: string): LoggedError | undefined {
  const error = BREF.test(line) ? nodeError(line.slice(line.indexOf('\t') + 1)) : undefined;
  return error === undefined ? undefined : { ...error, isRuntimesOwn: true };
}

export function nodeCrash(line: string): LoggedError | undefined {
  const end = line.indexOf(VERSION);
  const match = end === -1 ? null : THROWN.exec(line.slice(0, end));
  return match === null ? undefined : { type: match[1] as string, message: match[2] ?? '', isUncaught: true };
}

/** A text field near the beginning of JSON that was cut off, as a line is that exceeds what a log event holds; its own end may be missing. */
function fieldOf(json: string, name: string): string | undefined {
  const key = `"${name}":"`;
  const from = json.indexOf(key) + key.length;
  if (from < key.length) return undefined;
  let end = from;
  while (end < json.length && json.charCodeAt(end) !== QUOTE) end += json.charCodeAt(end) === BACKSLASH ? 2 : 1;
  const text = json.slice(from, end);
  const holder = parseJsonObject(`{"text":"${text}"}`);
  return typeof holder?.text === 'string' ? holder.text : text;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
