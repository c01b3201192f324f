import type { Observation } from '../../windows/observation.ts';

/** What is told where a callee refuses calls that are too many. */
export const THROTTLED = 'throttled service';
/** And where no connection comes about, whoever is called. */
export const UNREACHED = 'connections';
const REFUSES = 'A service that it calls refuses calls that are too many.';

/** What clients of HTTP say of an answer 429. A limiter of the function's own says `Too Many Requests` and no more. */
const TOO_MANY = /\bRequest failed with status code 429\b|Client Error: Too Many Requests for url/;

/**
 * What a database or service says when it has no connection left, or is waking up. PostgreSQL 53300 and 53400, MySQL 1040, RDS Data API
 * DatabaseResumingException, RDS Proxy's borrow timeout, throttled callees, and Node's socket errors.
 */
const PRESSURE: readonly (readonly [pattern: RegExp, callee: string, meaning: string])[] = [
  [/DatabaseResuming|resuming after being auto-?paused/i, 'database', 'The database is waking up from its pause.'],
  [
    /too many (connections|clients)|remaining connection slots|\b1040\b|\b53300\b|max_connections/i,
    'database',
    'The database has no connection left.',
  ],
  [
    /timed?[ -]?out (waiting|acquiring|trying to borrow)|pool (is )?(exhausted|timeout)|connection pool/i,
    'connection pool',
    'Calls wait for a connection of a pool that is empty.',
  ],
  [
    /TooManyRequestsException|ThrottlingException|ProvisionedThroughputExceeded|Rate exceeded|SlowDown/i,
    THROTTLED,
    REFUSES,
  ],
  [TOO_MANY, THROTTLED, REFUSES],
  [
    /StatementTimeoutException|DatabaseUnavailableException/,
    'database',
    'Statements wait for the database until they are given up.',
  ],
  [/ECONNREFUSED|ECONNRESET|ETIMEDOUT|EMFILE|socket hang up/, UNREACHED, 'Connections are refused or break.'],
];

export function pressureOf(text: string): { readonly callee: string; readonly meaning: string } | undefined {
  const found = PRESSURE.find(([pattern]) => pattern.test(text));
  return found === undefined ? undefined : { callee: found[1], meaning: found[2] };
}

/** What a segment is called in which a call gets a connection, waits for one, or keeps one for nothing. */
const CONNECTION_SEGMENTS: readonly (readonly [pattern: RegExp, verb: string, meaning: string])[] = [
  [
    /\bidle in transaction$/i,
    'holds connections without using them',
    'A transaction stays open while its database is asked nothing: for as long its connection is kept from everybody else.',
  ],
  [
    /\b(get|acquire|obtain|borrow|check ?out|lease|wait(ing)? for)[ _.-]?(an? )?connection\b|\bpool[ _.:-]{0,2}(connect|acquire|checkout|get|wait)|(^|: )(connect|begin( transaction)?)$/i,
    'waits for connections',
    'Calls wait until they get a connection: too many are in use.',
  ],
];

/** What a traced callee says about connections; undefined for one that is about something else. */
export function connectionSegment(name: string): { readonly verb: string; readonly meaning: string } | undefined {
  const found = CONNECTION_SEGMENTS.find(([pattern]) => pattern.test(name));
  return found === undefined ? undefined : { verb: found[1], meaning: found[2] };
}

/** Whether it is an answer 429: they are counted apart, since states from before their status was kept hold none. */
export const isTooMany = (text: string): boolean => TOO_MANY.test(text);

/** Calls of a minute that ended well and met such an error, those that are too many apart. */
export function pressedCalls({ calls, handled = [] }: Observation): {
  readonly pressed: number;
  readonly tooMany: number;
} {
  const met = handled.filter(({ text }) => pressureOf(text) !== undefined);
  const [tooMany, pressed] = [true, false].map((wanted) =>
    met.filter(({ text }) => isTooMany(text) === wanted).reduce((sum, { count }) => sum + count, 0),
  ) as [number, number];
  return { pressed: Math.min(calls, pressed), tooMany: Math.min(calls, tooMany) };
}
