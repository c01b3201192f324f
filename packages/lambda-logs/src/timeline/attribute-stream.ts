import { type FunctionIdentity, streamIdentity } from '../function-identity.ts';
import type { Attempt } from '../invocation.ts';
import type { LogEvent, LogSource } from '../log-batch.ts';
import { parseLogEvent, parsePlatformRecord } from '../records/parse-log-event.ts';
import { assignLines } from './assign-lines.ts';
import { assignLinesLeniently } from './assign-lines-leniently.ts';
import { attemptFrom } from './attempt-from.ts';
import { disbelieve, dismissFalseFailures } from './believable-records.ts';
import { type FoundSpans, findSpans } from './brackets/find-spans.ts';
import { findSpansLeniently } from './brackets/find-spans-leniently.ts';
import type { InvocationSpan } from './brackets/invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './brackets/neighbourhood.ts';
import { isManagedInstance, PUBLISHED_VERSION } from './managed-instance.ts';
import { orderEvents } from './order-events.ts';
import type { OwnedLines } from './outcome/failure-evidence.ts';
import { isInitRecord, type StreamRecords } from './stream-records.ts';

/** What is known of the environment that wrote a log stream. */
export interface AttributionOptions {
  /**
   * The environment may run several invocations at once (Lambda Managed Instances), so overlapping records prove no forgery.
   * Found out from the stream's name, its init records and its reports where not told.
   */
  readonly isConcurrent?: boolean;
}

/** An event of an attempt: written by the platform, or by the function (its runtime and extensions included). */
export interface AttemptLine {
  readonly event: LogEvent;
  readonly source: 'platform' | 'application';
  readonly level?: string;
}

/** Which invocation owns which event of a log stream. */
export interface StreamAttribution {
  /** Whether the stream was read as one in which several invocations may run at once. */
  readonly isConcurrent: boolean;
  /** By the position of their first record. */
  readonly attempts: readonly Attempt[];
  /** Events that no attempt owns, in order. */
  readonly strays: readonly LogEvent[];
  /** All events of one of `attempts`, in order; none for an attempt that is not of this attribution. */
  readonly linesOf: (attempt: Attempt) => readonly AttemptLine[];
}

/**
 * Tells which invocation each event of a stream belongs to, and what each invocation was. The result depends on the set of events
 * only: their order and copies do not matter. Every event is accounted for once, in one attempt or in `strays`.
 * O(n log n), O(n) for events that come in order.
 */
export function attributeStream(
  events: readonly LogEvent[],
  source: Pick<LogSource, 'logStream'>,
  options: AttributionOptions = {},
): StreamAttribution {
  const ordered = orderEvents(events);
  const records = ordered.map(({ message }) => parsePlatformRecord(message));
  const stream: StreamRecords = { events: ordered, records };
  const identity = streamIdentity(source.logStream);
  const strict = (options.isConcurrent ?? isSurelyShared(identity)) ? undefined : findSpans(stream);
  const isConcurrent =
    strict === undefined || (options.isConcurrent === undefined && isManagedInstance(stream, strict));
  const { spans, format }: FoundSpans = isConcurrent ? { spans: findSpansLeniently(stream) } : strict;
  const owners = isConcurrent
    ? assignLinesLeniently(stream, spans, { isEnvironment: identity !== undefined })
    : assignLines(stream, spans);
  const positions = positionsOf(owners, spans.length);
  const hasFailures = disbelieve(ordered, records, { spans, owners, format });
  const ordinals = new Map<string, number>();
  const context = { stream, logStream: source.logStream, version: identity?.version, format };
  let hasSucceeded = false;
  const attempts = spans.map((span, index) => {
    const ordinal = ordinals.get(span.requestId) ?? 0;
    ordinals.set(span.requestId, ordinal + 1);
    const owned = ownedLines(stream, spans, index, positions[index] as number[]);
    if (hasFailures) dismissFalseFailures(stream, owned, records);
    const mayInitialise = isConcurrent || !hasSucceeded || !areNeighbours(stream, spans[index - 1], span);
    const attempt = attemptFrom({ ...context, mayInitialise }, owned, ordinal);
    hasSucceeded = attempt.status === 'success';
    return attempt;
  });
  let indices: Map<Attempt, number> | undefined;
  return {
    isConcurrent,
    attempts,
    strays: owners.includes(-1) ? ordered.filter((_, position) => owners[position] === -1) : [],
    linesOf: (attempt) => {
      indices ??= new Map(attempts.map((own, index) => [own, index]));
      const index = indices.get(attempt);
      return index === undefined ? [] : (positions[index] as number[]).map((position) => lineAt(stream, position));
    },
  };
}

function areNeighbours({ events }: StreamRecords, before: InvocationSpan | undefined, span: InvocationSpan): boolean {
  if (before === undefined) return false;
  const elapsed = (events[span.first] as LogEvent).timestamp - (events[before.last] as LogEvent).timestamp;
  return elapsed <= NEIGHBOURHOOD_MS;
}

/** The name says no environment, or one that only Managed Instances have. */
const isSurelyShared = (identity: FunctionIdentity | undefined): boolean =>
  identity === undefined || identity.version === PUBLISHED_VERSION;

function positionsOf(owners: Int32Array, count: number): number[][] {
  const positions: number[][] = [];
  for (let index = 0; index < count; index++) positions.push([]);
  for (let position = 0; position < owners.length; position++) {
    const owner = owners[position] as number;
    if (owner !== -1) (positions[owner] as number[]).push(position);
  }
  return positions;
}

function ownedLines(
  stream: StreamRecords,
  spans: readonly InvocationSpan[],
  index: number,
  positions: readonly number[],
): OwnedLines {
  const span = spans[index] as InvocationSpan;
  const record = span.report === undefined ? undefined : stream.records[span.report];
  let isFollowed: boolean | undefined;
  const isFollowedWithoutInit = () => {
    isFollowed ??= followsWithoutInit(stream, span, spans[index + 1]);
    return isFollowed;
  };
  if (record?.kind !== 'report') return { span, positions, isFollowedWithoutInit };
  return { span, positions, isFollowedWithoutInit, report: record };
}

function followsWithoutInit(
  { events, records }: StreamRecords,
  span: InvocationSpan,
  next: InvocationSpan | undefined,
): boolean {
  if (next?.start === undefined) return false;
  const elapsed = (events[next.start] as LogEvent).timestamp - (events[span.last] as LogEvent).timestamp;
  if (elapsed > NEIGHBOURHOOD_MS) return false;
  for (let position = span.last + 1; position < next.last; position++)
    if (isInitRecord(records[position])) return false;
  return true;
}

function lineAt({ events, records }: StreamRecords, position: number): AttemptLine {
  const event = events[position] as LogEvent;
  if (records[position] !== undefined) return { event, source: 'platform' };
  const record = parseLogEvent(event);
  const level = record.kind === 'application' ? record.level : undefined;
  return { event, source: 'application', ...(level === undefined ? {} : { level }) };
}
