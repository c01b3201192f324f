import type { Attempt, ProcessedMessage } from '../invocation.ts';
import type { LogEvent } from '../log-batch.ts';
import { mayNameMessages } from '../records/application/processed-messages.ts';
import { known, type Loose } from '../records/json-fields.ts';
import type {
  InitStartRecord,
  LogFormat,
  ReportFigures,
  ReportRecord,
  RuntimeDoneRecord,
  TraceContext,
} from '../records/log-record.ts';
import { parseLogEvent } from '../records/parse-log-event.ts';
import type { InvocationSpan } from './brackets/invocation-span.ts';
import { type LineSurvey, surveyLines } from './brackets/survey-lines.ts';
import { missingParts } from './missing-parts.ts';
import { type FailureEvidence, gatherEvidence, lastErrorOf, type OwnedLines } from './outcome/failure-evidence.ts';
import { handledErrorOf } from './outcome/handled-error.ts';
import { judgeOutcome, type Outcome } from './outcome/judge-outcome.ts';
import { saysHeapRanOut } from './outcome/memory-errors.ts';
import type { StreamRecords } from './stream-records.ts';

export interface AttemptContext {
  readonly stream: StreamRecords;
  readonly logStream: string;
  readonly version?: string | undefined;
  readonly format?: LogFormat | undefined;
  /** Not where the environment has just succeeded: it initialises once, and again only after a failure. */
  readonly mayInitialise: boolean;
}

const NO_EVIDENCE: FailureEvidence = {};
const NO_FIGURES: ReportFigures = {};
/** Such an environment was initialised before anybody called. */
const PROVISIONED = 'provisioned-concurrency';
const NO_TRACE: TraceContext = {};
const NO_MESSAGES: readonly ProcessedMessage[] = [];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One attempt from its events: figures from its own platform records only, the rest counted and searched for messages and errors. */
export function attemptFrom(context: AttemptContext, owned: OwnedLines, ordinal: number): Attempt {
  const { stream } = context;
  const { span, positions, report } = owned;
  const survey = surveyLines(stream, owned);
  const { runtimeDone, hasHandlerOutput } = survey;
  const init = context.mayInitialise || hasInitFigure(report) ? survey.init : undefined;
  const attempt: Mutable<Attempt> = outlineOf(context, owned, { ordinal, survey, init });
  if (report !== undefined) setInitFigures(attempt, report);
  setEnvironment(attempt, init, versionOf(stream, span) ?? init?.functionVersion ?? context.version);
  setTrace(
    attempt,
    traceOf(stream, owned, runtimeDone) ?? (survey.hasJsonLines ? loggedTrace(stream, owned) : NO_TRACE),
  );
  const evidence = survey.mayHaveFailed ? gatherEvidence(stream, owned) : NO_EVIDENCE;
  const lastError = () => lastErrorOf(stream, owned);
  const hasHeapRunOut = () => saysHeapRanOut(stream, positions);
  setOutcome(attempt, judgeOutcome({ report, runtimeDone, evidence, hasHandlerOutput, lastError, hasHeapRunOut }));
  const handled = attempt.status === 'success' && survey.mayHaveLoggedError ? handledErrorOf(stream, owned) : undefined;
  if (handled !== undefined) attempt.handledError = handled;
  return attempt;
}

interface Surveyed {
  readonly ordinal: number;
  readonly survey: LineSurvey;
  readonly init: InitStartRecord | undefined;
}

/** What nearly every attempt has: whose it is, how much it wrote, when it ran and what its REPORT says of that. */
function outlineOf(context: AttemptContext, owned: OwnedLines, { ordinal, survey, init }: Surveyed): Attempt {
  const { stream, logStream } = context;
  const { span, positions, report } = owned;
  const { billedDurationMs, memorySizeMb, maxMemoryUsedMb }: ReportFigures = report ?? NO_FIGURES;
  return withKnown({
    requestId: span.requestId,
    logStream,
    ordinal,
    coldStart: (hasInitFigure(report) || init !== undefined) && init?.initializationType !== PROVISIONED,
    status: 'unknown',
    messages: survey.mayNameMessages ? messagesOf(stream, positions) : NO_MESSAGES,
    logLines: survey.logLines,
    eventCount: positions.length,
    missing: missingParts(span, report, context.format ?? startFormatOf(stream, span)),
    startedAt: startedAtOf(stream, span, report),
    endedAt: timeOf(stream, span.report ?? span.end),
    durationMs: (report ?? survey.runtimeDone)?.durationMs,
    billedDurationMs,
    memorySizeMb,
    maxMemoryUsedMb,
  });
}

const hasInitFigure = (report: ReportRecord | undefined): boolean =>
  report?.initDurationMs !== undefined || report?.restoreDurationMs !== undefined;

/** An object that is written down at once costs half of one that grows, so it is copied only where a part of it is not known. */
function withKnown(attempt: Loose<Attempt>): Attempt {
  const { startedAt, endedAt, durationMs, billedDurationMs, memorySizeMb, maxMemoryUsedMb } = attempt;
  const isTimed = startedAt !== undefined && endedAt !== undefined && durationMs !== undefined;
  const isBilled = billedDurationMs !== undefined && memorySizeMb !== undefined && maxMemoryUsedMb !== undefined;
  return isTimed && isBilled ? (attempt as Attempt) : known<Attempt>(attempt);
}

function setInitFigures(attempt: Mutable<Attempt>, report: ReportRecord): void {
  if (report.initDurationMs !== undefined) attempt.initDurationMs = report.initDurationMs;
  if (report.restoreDurationMs !== undefined) attempt.restoreDurationMs = report.restoreDurationMs;
  if (report.billedRestoreDurationMs !== undefined) attempt.billedRestoreDurationMs = report.billedRestoreDurationMs;
}

function setEnvironment(
  attempt: Mutable<Attempt>,
  init: InitStartRecord | undefined,
  version: string | undefined,
): void {
  if (version !== undefined) attempt.version = version;
  if (init?.initializationType !== undefined) attempt.initializationType = init.initializationType;
  if (init?.runtimeVersion !== undefined) attempt.runtimeVersion = init.runtimeVersion;
}

function setOutcome(attempt: Mutable<Attempt>, { status, errorType, errorMessage }: Outcome): void {
  attempt.status = status;
  if (errorType !== undefined) attempt.errorType = errorType;
  if (errorMessage !== undefined) attempt.errorMessage = errorMessage;
}

function versionOf({ records }: StreamRecords, { start }: InvocationSpan): string | undefined {
  const record = start === undefined ? undefined : records[start];
  return record?.kind === 'start' ? record.version : undefined;
}

const startFormatOf = ({ records }: StreamRecords, { start }: InvocationSpan): LogFormat | undefined =>
  start === undefined ? undefined : records[start]?.format;

const timeOf = ({ events }: StreamRecords, position: number | undefined): number | undefined =>
  position === undefined ? undefined : (events[position] as LogEvent).timestamp;

function startedAtOf(
  stream: StreamRecords,
  { start, report: position }: InvocationSpan,
  report: ReportRecord | undefined,
) {
  const startedAt = timeOf(stream, start);
  if (startedAt !== undefined || report?.durationMs === undefined) return startedAt;
  return Math.round((timeOf(stream, position) as number) - report.durationMs);
}

function setTrace(attempt: Mutable<Attempt>, { traceId, segmentId, sampled }: TraceContext): void {
  if (traceId !== undefined) attempt.traceId = traceId;
  if (segmentId !== undefined) attempt.segmentId = segmentId;
  if (sampled !== undefined) attempt.sampled = sampled;
}

function traceOf({ records }: StreamRecords, { span, report }: OwnedLines, runtimeDone: RuntimeDoneRecord | undefined) {
  if (report?.traceId !== undefined) return report;
  const start = span.start === undefined ? undefined : records[span.start];
  if (start?.kind === 'start' && start.traceId !== undefined) return start;
  if (runtimeDone?.traceId !== undefined) return runtimeDone;
  const torn = span.report === undefined ? undefined : records[span.report + 1];
  return torn?.kind === 'xray' ? torn : undefined;
}

/** Structured loggers write the trace id that the platform left out. */
function loggedTrace({ events, records }: StreamRecords, { positions }: OwnedLines): TraceContext {
  for (const position of positions) {
    const { message } = events[position] as LogEvent;
    if (records[position] !== undefined || message.charCodeAt(0) !== 0x7b) continue;
    if (!message.includes('race_id"') && !message.includes('raceId"')) continue;
    const line = parseLogEvent({ message });
    if (line.kind === 'application' && line.traceId !== undefined) return { traceId: line.traceId };
  }
  return NO_TRACE;
}

function messagesOf({ events, records }: StreamRecords, positions: readonly number[]): readonly ProcessedMessage[] {
  let found: Map<string, ProcessedMessage> | undefined;
  for (const position of positions) {
    const { message } = events[position] as LogEvent;
    if (records[position] !== undefined || !mayNameMessages(message)) continue;
    const line = parseLogEvent({ message });
    if (line.kind !== 'application') continue;
    found ??= new Map();
    for (const named of line.messages) found.set(`${named.stream}\n${named.sequenceNumber}`, named);
  }
  return found === undefined ? NO_MESSAGES : sortMessages([...found.values()]);
}

export const sortMessages = (messages: readonly ProcessedMessage[]): ProcessedMessage[] =>
  messages.toSorted(compareMessages);

/** Sequence numbers are decimal and grow: a longer one comes later. */
function compareMessages(a: ProcessedMessage, b: ProcessedMessage): number {
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  const byLength = a.sequenceNumber.length - b.sequenceNumber.length;
  if (byLength !== 0) return byLength;
  return a.sequenceNumber < b.sequenceNumber ? -1 : a.sequenceNumber > b.sequenceNumber ? 1 : 0;
}
