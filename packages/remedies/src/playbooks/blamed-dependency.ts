import type { Finding } from '@lamplighter/contracts';
import type { FunctionSettings } from '../remedy-context.ts';

/** Names that traces and errors have for what a function calls. */
export const DATABASE = /aurora|\brds|postgres|mysql|database|connection pool|\bsql\b|\bdb\b/i;
export const DYNAMODB = /ProvisionedThroughputExceeded|ThrottlingException|dynamodb/i;
/** What the diagnosis calls time in which a transaction is open and its database is asked nothing. */
const HELD = /\bidle in transaction$/i;
/** What an error says of a callee without naming it. */
const UNNAMED = /^(throttled service|connections|called service)$/;
/** What PostgreSQL (53300) and MySQL (1040) say when they have no connection left. */
const NO_CONNECTION_LEFT =
  /too many (connections|clients)|remaining connection slots|\b1040\b|\b53300\b|max_connections/i;

/** Whether a finding says that its function waits for such a dependency, or is refused by it. */
export const blames = ({ causes }: Finding, dependency: RegExp): boolean =>
  causes.some(({ name }) => dependency.test(name));

/**
 * Whether a dependency is, or may be, what a function waits for: it is named, or nothing is and nobody looked. Who is traced and waits for something has it
 * named; to change what is not would be a guess for money.
 */
export const isToBlame = (
  finding: Finding,
  dependency: RegExp,
  settings: Pick<FunctionSettings, 'tracing'> | undefined,
): boolean => blames(finding, dependency) || (settings?.tracing !== 'Active' && !blamesAnother(finding, dependency));

/** Whether a finding names what its function waits for, and that is something else: to change this would be a guess against better knowledge. */
export function blamesAnother({ causes }: Finding, dependency: RegExp): boolean {
  const named = causes.filter(({ kind, name }) => kind === 'dependency' && !UNNAMED.test(name));
  return named.length > 0 && !named.some(({ name }) => dependency.test(name));
}

/** Whether the database refuses calls because it has no connection left: it may be idle for all that. */
export const isOutOfConnections = ({ evidence, causes }: Finding): boolean =>
  [...evidence, ...causes.flatMap((cause) => cause.evidence)].some(({ text }) => NO_CONNECTION_LEFT.test(text));

/** Whether the code itself keeps what calls wait for, and nothing else is slow: no index, no capacity and no cap makes it give that back. */
export function holdsConnections({ causes }: Finding): boolean {
  const named = causes.filter(({ kind, name }) => kind === 'dependency' && !UNNAMED.test(name));
  return named.length > 0 && named.every(({ name }) => HELD.test(name));
}
