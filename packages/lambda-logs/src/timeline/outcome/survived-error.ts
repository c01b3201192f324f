import { GO_PANICKED } from '../../records/application/errors/go-error.ts';
import { RUST_PANICKED } from '../../records/application/errors/rust-error.ts';
import { parseLogEvent } from '../../records/parse-log-event.ts';

/**
 * Runtimes without columns (go, rust, java, custom ones) write a failed handler's error as anybody may print an error: a payload of JSON, a
 * stack trace, a panic. The last word decides: a handler that went on writing has survived it.
 */
export function looksLikePrinted(message: string): boolean {
  const code = message.charCodeAt(0);
  if (code >= ZERO && code <= NINE) return message.charCodeAt(4) === SLASH;
  return code !== OPEN_BRACKET && !RUNTIMES_WORDS.test(message);
}

/** A date with slashes is go's; other dates begin the columns of node and .NET. */
const [OPEN_BRACKET, ZERO, NINE, SLASH] = [0x5b, 0x30, 0x39, 0x2f];
/** What python's client, ruby's and custom runtimes say of a failed handler in words of their own. */
const RUNTIMES_WORDS =
  /^(?:LAMBDA_WARNING: Unhandled exception|Error raised from handler method|Critical exception from handler|Init error when loading handler|Unknown application error occurred)/;

/** A process of node that ended by one of these writes no more, however it was told. */
export const hasEndedNode = (message: string): boolean => ENDED_NODE.test(message.slice(0, HEAD_CHARS));
const ENDED_NODE = /\s(?:Uncaught Exception|Unhandled Promise Rejection|Init Error)\s/;
const HEAD_CHARS = 200;

/** Whether the handler wrote a line: not an extension, and not what belongs to an error that was written over several lines. */
export function isHandlersOwn(message: string): boolean {
  const head = message.slice(0, HEAD_CHARS);
  if (head.trim() === '' || CONTINUED.test(head) || isExtensions(message)) return false;
  if (message.includes(GO_PANICKED) || message.includes(RUST_PANICKED)) return false;
  if (message.charCodeAt(0) !== 0x7b) return true;
  const record = parseLogEvent({ message });
  return record.kind === 'application' && record.writtenBy !== 'extension';
}

/** Stack frames of java, go and rust, what go and rust say below a panic, and node below its own. */
const CONTINUED =
  /^(?:\s|at |Caused by: |Suppressed: |\.\.\. \d+ |goroutine \d|created by |exit status |\[signal |\[recovered\]|note: |stack backtrace:|runtime stack:|runtime\.|\d+: |[\w./*()-]+\.[\w.*()-]+\((?:0x|\.\.\.|\{|\))|[\]}],?\s*$|Runtime\.|Extension\.|Node\.js v\d)/;

/** Whether an extension that many use wrote a line, by how its lines begin. */
export function isExtensions(message: string): boolean {
  const head = message.slice(0, HEAD_CHARS);
  return message.charCodeAt(0) === 0x7b ? ZAP.test(head) && COLLECTOR.test(message) : EXTENSIONS.test(head);
}
const EXTENSIONS =
  /^\[?(?:DD_EXTENSION|DATADOG|NR_EXT|appconfig agent|AWS Parameters and Secrets|AWS AppConfig|dynatrace|lumigo|sentry|extension\b|EXTENSION\b|LOGS\b|TELEMETRY\b)/i;
/**
 * OpenTelemetry's collector, which runs as an extension, writes zap's JSON as handlers in go do. It names its own parts: a module with its
 * version, as no own code has one, its kinds of components, or itself (open-telemetry/opentelemetry-lambda issues 1497, 1557, 2101).
 */
const ZAP = /^\{"level":"\w+","ts":/;
const COLLECTOR =
  /"caller":"(?:[\w./-]{1,100}@v\d|service\/telemetry\.go|localhostgate\/|\w{0,50}(?:exporter|exporterhelper|receiver|processor)\/)|"logger":"(?:telemetryAPI\.|extensionAPI\.|NewCollector")|"kind":"(?:exporter|receiver|processor|extension)"|otelcol|OpenTelemetry Lambda extension/;
