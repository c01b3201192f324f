import { parseLogEvent } from '../../records/parse-log-event.ts';

/**
 * Runtimes without columns (go, rust, java, custom ones) write a failed handler's error as anybody may print an error: a payload of JSON, a
 * stack trace, a panic. The last word decides: a handler that went on writing has survived it.
 */
export function looksLikePrinted(message: string): boolean {
  const code = message.charCodeAt(0);
  return code !== OPEN_BRACKET && !(code >= ZERO && code <= NINE) && !RUNTIMES_WORDS.test(message);
}

const [OPEN_BRACKET, ZERO, NINE] = [0x5b, 0x30, 0x39];
/** What ruby's and custom runtimes say of a failed handler in words of their own. */
const RUNTIMES_WORDS =
  /^(?:Error raised from handler method|Critical exception from handler|Init error when loading handler|Unknown application error occurred)/;

/** A process of node that ended by one of these writes no more, however it was told. */
export const hasEndedNode = (message: string): boolean => ENDED_NODE.test(message.slice(0, HEAD_CHARS));
const ENDED_NODE = /\s(?:Uncaught Exception|Unhandled Promise Rejection)\s/;
const HEAD_CHARS = 200;

/** Whether the handler wrote a line: not an extension, and not what belongs to an error that was written over several lines. */
export function isHandlersOwn(message: string): boolean {
  const head = message.slice(0, HEAD_CHARS);
  if (head.trim() === '' || CONTINUED.test(head) || EXTENSIONS.test(head)) return false;
  if (message.charCodeAt(0) !== 0x7b) return true;
  const record = parseLogEvent({ message });
  return record.kind === 'application' && record.writtenBy !== 'extension' && !COLLECTOR.test(head);
}

/** Stack frames of java, go and rust, and what go and rust say below a panic. */
const CONTINUED =
  /^(?:\s|at |Caused by: |Suppressed: |\.\.\. \d+ |goroutine \d|created by |exit status |\[signal |\[recovered\]|note: |stack backtrace:|runtime\.|\d+: |[\w./*()-]+\.[\w.*()-]+\((?:0x|\.\.\.|\{|\))|[\]}],?\s*$|Runtime\.|Extension\.)/;
/** Extensions that many use, by how their lines begin. */
const EXTENSIONS =
  /^\[?(?:DD_EXTENSION|DATADOG|NR_EXT|appconfig agent|AWS Parameters and Secrets|AWS AppConfig|dynatrace|lumigo|sentry|extension\b|EXTENSION\b|LOGS\b|TELEMETRY\b)/i;
/** OpenTelemetry's collector, which runs as an extension, writes zap's JSON. */
const COLLECTOR = /^\{"level":"\w+","ts":[^,]+,"caller":/;
