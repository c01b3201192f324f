import { randomBytes, randomUUID } from 'node:crypto';
import { ApiError } from '../../core/service.ts';

/** What the key of a delivered object is made from. */
export interface ObjectKeyParts {
  readonly prefix: string;
  readonly streamName: string;
  readonly streamVersion: number;
  /** `.gz` */
  readonly extension: string;
  /** Arrival of the oldest record in the object, epoch milliseconds. */
  readonly oldestArrival: number;
}

const EXPRESSION = /!\{([^:}]+):([^}]*)\}/g;

/**
 * Key of an object as Firehose names it: `<evaluated prefix><stream>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid><extension>`, in UTC. A prefix without
 * expressions gets `yyyy/MM/dd/HH/` behind it. Sources: https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html and s3-prefixes.html.
 */
export function objectKey({ prefix, streamName, streamVersion, extension, oldestArrival }: ObjectKeyParts): string {
  const expression = hasExpressions(prefix) ? prefix : `${prefix}!{timestamp:yyyy/MM/dd/HH}/`;
  const evaluated = expression.replace(EXPRESSION, (_, namespace: string, value: string) =>
    namespace === 'timestamp' ? formatTimestamp(value, oldestArrival) : randomString(),
  );
  const time = formatTimestamp('yyyy-MM-dd-HH-mm-ss', oldestArrival);
  return `${evaluated}${streamName}-${streamVersion}-${time}-${randomUUID()}${extension}`;
}

export function hasExpressions(prefix: string): boolean {
  return prefix.search(EXPRESSION) >= 0;
}

/** Throws `InvalidArgumentException` for prefixes that Firehose refuses, and for expressions that the sandbox cannot evaluate. */
export function assertPrefixes(prefix: string, errorPrefix: string | undefined): void {
  if (hasExpressions(prefix) && errorPrefix === undefined) {
    throw invalid("ErrorOutputPrefix can't be null when Prefix contains expressions.");
  }
  assertExpressions('Prefix', prefix, ['random-string']);
  if (errorPrefix === undefined || !hasExpressions(errorPrefix)) return;
  assertExpressions('ErrorOutputPrefix', errorPrefix, ['random-string', 'error-output-type']);
  if (!errorPrefix.includes('!{firehose:error-output-type}')) {
    throw invalid('ErrorOutputPrefix must include !{firehose:error-output-type} when it contains expressions.');
  }
}

function assertExpressions(name: string, prefix: string, firehoseValues: readonly string[]): void {
  for (const [text, namespace, value = ''] of prefix.matchAll(EXPRESSION)) {
    if (namespace === 'timestamp') formatTimestamp(value, 0);
    else if (namespace !== 'firehose') throw invalid(`The sandbox does not emulate ${text} in ${name}.`);
    else if (!firehoseValues.includes(value)) throw invalid(`${name} cannot contain ${text}.`);
  }
}

/** Java's DateTimeFormatter, as far as years to seconds go: letters are fields, quoted text and other characters stand for themselves. */
function formatTimestamp(pattern: string, at: number): string {
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (token: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    const field = FIELDS[token];
    if (!field) throw invalid(`The sandbox does not emulate the timestamp field ${token}.`);
    return field(new Date(at).toISOString());
  });
}

/** Fields cut out of `2026-01-31T23:59:58.999Z`. */
const FIELDS: Readonly<Record<string, (iso: string) => string>> = {
  yyyy: (iso) => iso.slice(0, 4),
  yy: (iso) => iso.slice(2, 4),
  MM: (iso) => iso.slice(5, 7),
  M: (iso) => String(Number(iso.slice(5, 7))),
  dd: (iso) => iso.slice(8, 10),
  d: (iso) => String(Number(iso.slice(8, 10))),
  HH: (iso) => iso.slice(11, 13),
  H: (iso) => String(Number(iso.slice(11, 13))),
  mm: (iso) => iso.slice(14, 16),
  ss: (iso) => iso.slice(17, 19),
  SSS: (iso) => iso.slice(20, 23),
};

/** Eleven letters and digits. */
function randomString(): string {
  return randomBytes(16)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 11);
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidArgumentException', message);
}
