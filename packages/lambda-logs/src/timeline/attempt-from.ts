import type { Attempt, MissingPart, ProcessedMessage } from '../invocation.ts';
import { known } from '../json-fields.ts';
import type { LogEvent } from '../log-batch.ts';
import type { InitStartRecord, LogFormat, ReportRecord, RuntimeDoneRecord, TraceContext } from '../log-record.ts';
import { parseLogEvent } from '../parse-log-event.ts';
import { mayNameMessages } from '../processed-messages.ts';
import { gatherEvidence, lastErrorOf, type OwnedLines } from './failure-evidence.ts';
import type { InvocationSpan } from './invocation-span.ts';
import { judgeOutcome } from './judge-outcome.ts';
import type { StreamRecords } from './stream-records.ts';

export interface AttemptContext {
  readonly stream: StreamRecords;
  readonly logStream: string;
  readonly version?: string | undefined;
  readonly format?: LogFormat | undefined;
}

/** One attempt from its events: figures from its own platform records only, the rest counted and searched for messages and errors. */
export function attemptFrom(context: AttemptContext, owned: OwnedLines, ordinal: number): Attempt {
  const { stream, logStream } = context;
  const { span, positions, report } = owned;
  const start = span.start === undefined ? undefined : stream.records[span.start];
  const application = positions.filter((position) => stream.records[position] === undefined);
  const runtimeDone = lastOf<RuntimeDoneRecord>(stream, owned, 'runtime-done');
  const init = initOf(stream, owned);
  const outcome = judgeOutcome({
    report,
    runtimeDone,
    evidence: gatherEvidence(stream, owned),
    hasHandlerOutput: application.some((position) => span.start === undefined || position > span.start),
    lastError: () => lastErrorOf(stream, owned),
  });
  return known<Attempt>({
    requestId: span.requestId,
    logStream,
    ordinal,
    startedAt: startedAtOf(stream, span, report),
    endedAt: timeOf(stream, span.report) ?? timeOf(stream, span.end),
    version: (start?.kind === 'start' ? start.version : undefined) ?? init?.functionVersion ?? context.version,
    durationMs: report === undefined ? runtimeDone?.durationMs : report.durationMs,
    billedDurationMs: report?.billedDurationMs,
    memorySizeMb: report?.memorySizeMb,
    maxMemoryUsedMb: report?.maxMemoryUsedMb,
    initDurationMs: report?.initDurationMs,
    restoreDurationMs: report?.restoreDurationMs,
    billedRestoreDurationMs: report?.billedRestoreDurationMs,
    coldStart: report?.initDurationMs !== undefined || report?.restoreDurationMs !== undefined || init !== undefined,
    initializationType: init?.initializationType,
    runtimeVersion: init?.runtimeVersion,
    ...outcome,
    ...traceOf(stream, owned, runtimeDone, application),
    messages: messagesOf(stream, application),
    logLines: application.length,
    eventCount: positions.length,
    missing: missingParts(span, report, context.format),
  });
}

const timeOf = ({ events }: StreamRecords, position: number | undefined): number | undefined =>
  position === undefined ? undefined : (events[position] as LogEvent).timestamp;

function startedAtOf(stream: StreamRecords, { start, report: position }: InvocationSpan, report: ReportRecord | undefined) {
  const startedAt = timeOf(stream, start);
  if (startedAt !== undefined || report?.durationMs === undefined) return startedAt;
  return Math.round((timeOf(stream, position) as number) - report.durationMs);
}

function lastOf<R>({ records }: StreamRecords, { positions, span }: OwnedLines, kind: RuntimeDoneRecord['kind']): R | undefined {
  for (let index = positions.length - 1; index >= 0; index--) {
    const record = records[positions[index] as number];
    if (record?.kind === kind && (record.requestId === undefined || record.requestId === span.requestId)) return record as R;
  }
  return undefined;
}

/** The initialisation just before the START. */
function initOf({ records }: StreamRecords, { positions, span }: OwnedLines): InitStartRecord | undefined {
  let found: InitStartRecord | undefined;
  for (const position of positions) {
    if (position > span.first) break;
    const record = records[position];
    if (record?.kind === 'init-start' || record?.kind === 'restore-start') found = record;
  }
  return found;
}

function traceOf(
  { records, events }: StreamRecords,
  { span, report }: OwnedLines,
  runtimeDone: RuntimeDoneRecord | undefined,
  application: readonly number[],
): TraceContext {
  const start = span.start === undefined ? undefined : records[span.start];
  const torn = span.report === undefined ? undefined : records[span.report + 1];
  const candidates = [report, start, runtimeDone, torn?.kind === 'xray' ? torn : undefined] as (TraceContext | undefined)[];
  const found = candidates.find((record) => record?.traceId !== undefined);
  if (found !== undefined) {
    const { traceId, segmentId, sampled } = found;
    return known<TraceContext>({ traceId, segmentId, sampled });
  }
  for (const position of application) {
    const { message } = events[position] as LogEvent;
    if (message.charCodeAt(0) !== 0x7b || !/"(?:xray_trace_id|traceId|xRayTraceId)"/.test(message)) continue;
    const line = parseLogEvent({ message });
    if (line.kind === 'application' && line.traceId !== undefined) return { traceId: line.traceId };
  }
  return {};
}

function messagesOf({ events }: StreamRecords, application: readonly number[]): ProcessedMessage[] {
  const found = new Map<string, ProcessedMessage>();
  for (const position of application) {
    const { message } = events[position] as LogEvent;
    if (!mayNameMessages(message)) continue;
    const line = parseLogEvent({ message });
    if (line.kind !== 'application') continue;
    for (const named of line.messages) found.set(`${named.stream}\n${named.sequenceNumber}`, named);
  }
  return found.size === 0 ? [] : sortMessages([...found.values()]);
}

export const sortMessages = (messages: readonly ProcessedMessage[]): ProcessedMessage[] => messages.toSorted(compareMessages);

/** Sequence numbers are decimal and grow: a longer one comes later. */
function compareMessages(a: ProcessedMessage, b: ProcessedMessage): number {
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  const byLength = a.sequenceNumber.length - b.sequenceNumber.length;
  if (byLength !== 0) return byLength;
  return a.sequenceNumber < b.sequenceNumber ? -1 : a.sequenceNumber > b.sequenceNumber ? 1 : 0;
}

function missingParts({ start, end, report: position }: InvocationSpan, report: ReportRecord | undefined, format: LogFormat | undefined): MissingPart[] {
  const missing: MissingPart[] = [];
  if (start === undefined) missing.push('start');
  // The JSON format has no END.
  if (end === undefined && (report?.format ?? format) !== 'json') missing.push('end');
  if (position === undefined) missing.push('report');
  else {
    if (report?.durationMs === undefined) missing.push('duration');
    if (report?.billedDurationMs === undefined) missing.push('billed-duration');
    if (report?.memorySizeMb === undefined) missing.push('memory-size');
    if (report?.maxMemoryUsedMb === undefined) missing.push('max-memory-used');
  }
  return missing;
}
