import type { LogEvent } from '../../log-batch.ts';
import { claimOf } from '../assign-lines.ts';
import { lifecycleMarks, type StreamRecords } from '../stream-records.ts';
import { findBrackets } from './find-brackets.ts';
import { adopt } from './find-spans.ts';
import { type InvocationSpan, invocationSpan, type LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';
import { partitionPoint } from './partition-point.ts';
import { NO_RETRY_BEFORE_MS } from './without-echoes.ts';

/** How near a bracket's length must be to its REPORT's for the times to be trusted. */
const FITS_WITHIN_MS = 250;
/** How near for a bracket within another to be an invocation at the same time and no copy of one. */
const FITS_CLOSELY_MS = 20;
const FITS_CLOSELY_SHARE = 0.05;
/** Copies of text may have times of whole seconds. */
const WHOLE_SECOND_MS = 1_000;

/** START, END if seen, and REPORT of one request. */
interface Whole {
  readonly start: LifecycleMark;
  readonly end?: LifecycleMark | undefined;
  readonly report: LifecycleMark;
}

/**
 * Spans of a stream that may hold several environments, or one that runs several invocations at once (Lambda Managed Instances, custom
 * streams, pasted text). Each request's own records form brackets; what lies within another request's bracket is believed to have run at
 * the same time only if its length confirms it, an application line bears its id, or it began before the stream did.
 */
export function findSpansLeniently(stream: StreamRecords): InvocationSpan[] {
  const { wholes, loose } = wholeAndLoose(lifecycleMarks(stream));
  const enclosing = trustedBrackets(wholes);
  const isWithin = (from: LifecycleMark, to = from): boolean => enclosing(from.position, to.position) !== undefined;
  const outside = byRequest(wholes.filter(({ start, report }) => !isWithin(start, report)));
  const suspectWholes = new Set(wholes.filter((whole) => isSuspect(whole, enclosing, outside)));
  const begunBefore = new Set(loose.filter((mark) => beganBefore(stream, mark)).map(({ requestId }) => requestId));
  const suspectMarks = loose.filter((mark) => !begunBefore.has(mark.requestId) && isWithin(mark));
  const sure = byRequest(wholes.filter((whole) => !suspectWholes.has(whole)));
  const claims = suspectWholes.size + suspectMarks.length === 0 ? undefined : claimsOf(stream, sure);
  const isClaimed = ({ requestId, timestamp }: LifecycleMark): boolean =>
    claims?.get(requestId)?.some((claimedAt) => Math.abs(claimedAt - timestamp) <= NEIGHBOURHOOD_MS) === true;
  const quoted = new Set([
    ...[...suspectWholes].filter(({ start }) => !isClaimed(start)),
    ...suspectMarks.filter((mark) => !isClaimed(mark)),
  ] as readonly unknown[]);
  const spans = wholes.filter((whole) => !quoted.has(whole)).map(spanOf);
  const own = byRequest(wholes);
  const isInOwn = ({ requestId, position, kind }: LifecycleMark): boolean =>
    own.get(requestId)?.some((whole) => whole[kind] !== undefined && isAmid(whole, position)) === true;
  return adopt(
    loose.filter((mark) => !quoted.has(mark) && !isInOwn(mark)),
    spans,
    stream,
  ).sort((a, b) => a.first - b.first);
}

const byRequest = (wholes: readonly Whole[]): ReadonlyMap<string, readonly Whole[]> =>
  Map.groupBy(wholes, ({ start }) => start.requestId);

function wholeAndLoose(marks: readonly LifecycleMark[]): { wholes: Whole[]; loose: LifecycleMark[] } {
  const wholes: Whole[] = [];
  const loose: LifecycleMark[] = [];
  for (const own of Map.groupBy(marks, ({ requestId, format }) => `${format} ${requestId}`).values()) {
    const { brackets, orphans } = findBrackets(own, (own[0] as LifecycleMark).format);
    const at = (index: number): LifecycleMark => own[index] as LifecycleMark;
    for (const { open, end, close } of brackets) {
      if (at(close).kind === 'end') loose.push(at(open), at(close));
      else wholes.push({ start: at(open), end: end === undefined ? undefined : at(end), report: at(close) });
    }
    loose.push(...orphans.map(at));
  }
  return {
    wholes: wholes.sort((a, b) => a.start.position - b.start.position),
    loose: loose.sort((a, b) => a.position - b.position),
  };
}

/** The bracket that positions from…to lie within, of those that their length confirms. */
type Enclosing = (from: number, to: number) => Whole | undefined;

/** O(log n) for each question. */
function trustedBrackets(wholes: readonly Whole[]): Enclosing {
  const trusted = wholes.filter(fits);
  let furthest: Whole | undefined;
  const reach = trusted.map((whole) => {
    if (furthest === undefined || whole.report.position > furthest.report.position) furthest = whole;
    return furthest;
  });
  return (from, to) => {
    const count = partitionPoint(trusted.length, (index) => (trusted[index] as Whole).start.position >= from);
    const outer = reach[count - 1];
    return outer !== undefined && outer.report.position > to ? outer : undefined;
  };
}

const isAmid = ({ start, report }: Whole, position: number): boolean =>
  position > start.position && position < report.position;

/**
 * A bracket within a trusted one that its own length refutes; or claims next to nothing, which fits by chance, for another memory size;
 * or repeats, sooner than Lambda retries, a request that has a bracket of its own outside.
 */
function isSuspect(whole: Whole, enclosing: Enclosing, outside: ReadonlyMap<string, readonly Whole[]>): boolean {
  const { start, report } = whole;
  const outer = enclosing(start.position, report.position);
  if (outer === undefined) return false;
  if (outside.get(start.requestId)?.some((own) => areNear(own, whole))) return true;
  const elapsed = report.timestamp - start.timestamp;
  if (deviationOf(whole) > FITS_CLOSELY_MS + elapsed * FITS_CLOSELY_SHARE + resolutionOf(whole)) return true;
  return (report.durationMs ?? 0) <= FITS_CLOSELY_MS && report.memorySizeMb !== outer.report.memorySizeMb;
}

const areNear = (a: Whole, b: Whole): boolean =>
  b.start.timestamp - a.report.timestamp < NO_RETRY_BEFORE_MS &&
  a.start.timestamp - b.report.timestamp < NO_RETRY_BEFORE_MS;

const resolutionOf = ({ start, report }: Whole): number =>
  start.timestamp % WHOLE_SECOND_MS === 0 && report.timestamp % WHOLE_SECOND_MS === 0 ? WHOLE_SECOND_MS : 0;

const fits = (whole: Whole): boolean =>
  deviationOf(whole) <= FITS_WITHIN_MS + (whole.report.durationMs ?? 0) * FITS_CLOSELY_SHARE + resolutionOf(whole);

function deviationOf({ start, report }: Whole): number {
  const { durationMs, initDurationMs = 0 } = report;
  if (durationMs === undefined) return Number.POSITIVE_INFINITY;
  const beyond = report.timestamp - start.timestamp - durationMs;
  return Math.min(Math.abs(beyond), Math.abs(beyond - initDurationMs));
}

/** When application lines name a request as theirs, other than those within the request's own brackets. */
function claimsOf(
  stream: StreamRecords,
  sure: ReadonlyMap<string, readonly Whole[]>,
): ReadonlyMap<string, readonly number[]> {
  const claims = new Map<string, number[]>();
  for (let position = 0; position < stream.events.length; position++) {
    if (stream.records[position] !== undefined) continue;
    const requestId = claimOf(stream, position);
    if (requestId === undefined || sure.get(requestId)?.some((whole) => isAmid(whole, position)) === true) continue;
    const { timestamp } = stream.events[position] as LogEvent;
    const known = claims.get(requestId);
    if (known === undefined) claims.set(requestId, [timestamp]);
    else known.push(timestamp);
  }
  return claims;
}

/** Whether the START of a REPORT lies before anything that the stream shows of that time: an export begins amid invocations. */
function beganBefore(
  { events }: StreamRecords,
  { kind, timestamp, durationMs, initDurationMs = 0 }: LifecycleMark,
): boolean {
  if (kind !== 'report' || durationMs === undefined) return false;
  const from = partitionPoint(
    events.length,
    (index) => (events[index] as LogEvent).timestamp >= timestamp - NEIGHBOURHOOD_MS,
  );
  return timestamp - durationMs - initDurationMs <= (events[from] as LogEvent).timestamp;
}

const spanOf = ({ start, end, report }: Whole): InvocationSpan =>
  invocationSpan(start.requestId, { start: start.position, end: end?.position, report: report.position });
