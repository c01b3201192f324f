import type { LogEvent } from '../log-batch.ts';
import { parseLogEvent } from '../records/parse-log-event.ts';
import type { InvocationSpan } from './brackets/invocation-span.ts';
import { AFTER_REPORT_MS, BEFORE_START_MS, NEIGHBOURHOOD_MS, OPEN_MS } from './brackets/neighbourhood.ts';
import { isInitRecord, type StreamRecords } from './stream-records.ts';

/** For each event of the stream the index of the span that it belongs to, or -1: a stray. */
export type Owners = Int32Array;

/** How far before a REPORT's computed start its lines may lie, for rounding and skew. */
const START_SLACK_MS = 1_000;

/** Everything inside a bracket belongs to it, whatever it claims; lines in the gaps go by claim, then by place. Spans in order, not overlapping. */
export function assignLines(stream: StreamRecords, spans: readonly InvocationSpan[]): Owners {
  const owners = new Int32Array(stream.events.length).fill(-1);
  let from = 0;
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index] as InvocationSpan;
    assignGap(stream, spans, { from, to: span.first, before: index - 1, after: index }, owners);
    owners.fill(index, span.first, span.last + 1);
    from = Math.max(from, span.last + 1);
  }
  assignGap(stream, spans, { from, to: stream.events.length, before: spans.length - 1, after: -1 }, owners);
  return owners;
}

/** Positions from…to (exclusive) between two spans, given by index; -1 where there is none. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

function assignGap(stream: StreamRecords, spans: readonly InvocationSpan[], gap: Gap, owners: Owners): void {
  const beganAt = unannouncedInit(stream, gap);
  let initialisedAt: number | undefined;
  for (let position = gap.from; position < gap.to; position++) {
    const { timestamp } = stream.events[position] as LogEvent;
    if (isInitRecord(stream.records[position]) || timestamp >= beganAt) initialisedAt = timestamp;
    owners[position] = ownerInGap(stream, spans, { position, initialisedAt, before: gap.before, after: gap.after });
  }
}

/**
 * When the first initialisation of a gap began that only its INIT_REPORT tells, infinity where there is none: a second try within an invocation has
 * no INIT_START, and what it printed stands before its report.
 */
function unannouncedInit({ events, records }: StreamRecords, { from, to }: Gap): number {
  for (let position = from; position < to; position++) {
    const record = records[position];
    if (record?.kind === 'init-start' || record?.kind === 'restore-start') break;
    if (record?.kind === 'init-report' && record.durationMs !== undefined)
      return timeAt(events, position) - Math.ceil(record.durationMs);
  }
  return Number.POSITIVE_INFINITY;
}

export interface LineInGap {
  readonly position: number;
  /** When the environment was initialised since the span before, if it was. */
  readonly initialisedAt: number | undefined;
  readonly before: number;
  readonly after: number;
}

export function ownerInGap(stream: StreamRecords, spans: readonly InvocationSpan[], line: LineInGap): number {
  const { timestamp } = stream.events[line.position] as LogEvent;
  const before = spans[line.before];
  const after = spans[line.after];
  if (before === undefined && after === undefined) return -1;
  const sinceBefore = before === undefined ? Number.POSITIVE_INFINITY : timestamp - timeAt(stream.events, before.last);
  const untilAfter = after === undefined ? Number.POSITIVE_INFINITY : timeAt(stream.events, after.first) - timestamp;

  const claim = claimOf(stream, line.position);
  const isClaimed = claim !== undefined;
  if (isClaimed && claim === after?.requestId && untilAfter <= AFTER_REPORT_MS) return line.after;
  if (isClaimed && claim === before?.requestId && sinceBefore <= AFTER_REPORT_MS) return line.before;
  if (untilAfter <= AFTER_REPORT_MS && isAfterItsStart(stream, after, timestamp)) return line.after;
  if (line.initialisedAt === undefined && sinceBefore <= reachOf(before)) return line.before;
  return isBeforeStart(untilAfter, timestamp, line.initialisedAt) ? line.after : -1;
}

const reachOf = (span: InvocationSpan | undefined): number =>
  span?.end === undefined && span?.report === undefined ? OPEN_MS : AFTER_REPORT_MS;

/** Near the START, or behind an initialisation that is in its neighbourhood. */
function isBeforeStart(untilAfter: number, timestamp: number, initialisedAt: number | undefined): boolean {
  if (untilAfter <= BEFORE_START_MS) return true;
  return initialisedAt !== undefined && untilAfter + timestamp - initialisedAt <= NEIGHBOURHOOD_MS;
}

const timeAt = (events: readonly LogEvent[], position: number): number => (events[position] as LogEvent).timestamp;

/** A span whose START was not seen began its reported duration before its REPORT. */
function isAfterItsStart(
  { events, records }: StreamRecords,
  span: InvocationSpan | undefined,
  timestamp: number,
): boolean {
  const report = span?.report;
  if (report === undefined || span?.start !== undefined) return false;
  const record = records[report];
  const durationMs = record?.kind === 'report' ? record.durationMs : undefined;
  return durationMs !== undefined && timestamp >= timeAt(events, report) - durationMs - START_SLACK_MS;
}

/** The request that a line names as its own: a platform record by its field, an application line by its runtime's column or key. */
export function claimOf({ events, records }: StreamRecords, position: number): string | undefined {
  const record = records[position] ?? parseLogEvent(events[position] as LogEvent);
  return 'requestId' in record ? record.requestId : undefined;
}
