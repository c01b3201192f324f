import type { LogEvent } from '../../log-batch.ts';
import { RUST_PANICKED } from '../../records/application/errors/rust-error.ts';
import type {
  ExitRecord,
  FaultRecord,
  InitDoneRecord,
  LoggedError,
  ReportRecord,
  TimeoutRecord,
} from '../../records/log-record.ts';
import type { InvocationSpan } from '../brackets/invocation-span.ts';
import type { StreamRecords } from '../stream-records.ts';
import { hasEndedNode, isHandlersOwn, looksLikePrinted } from './survived-error.ts';
import { lastLineOf } from './torn-error.ts';
import { errorIn, uncaughtErrorIn } from './uncaught-error.ts';

/** INIT_START appears in the logs of all runtimes since early 2023: from then on a crash without one after it did not happen. */
export const INIT_START_SINCE = Date.UTC(2023, 0, 1);
/** Timeouts are reported a little early or late, and are set in whole seconds, from one on. */
const TIMEOUT_TOLERANCE = 0.99;
const TIMEOUT_LATE_MS = 1_000;
const SHORTEST_TIMEOUT_S = 1;

/** What speaks for a failed invocation, each piece checked against what the platform reported. Positions in the stream. */
export interface FailureEvidence {
  readonly timeout?: TimeoutRecord & { readonly position: number };
  readonly exit?: (ExitRecord | FaultRecord) & { readonly position: number };
  /** An initialisation or restoration that failed, reported before the START or inside the invocation. */
  readonly failedInit?: InitDoneRecord & { readonly isInsideInvocation: boolean };
  readonly uncaught?: LoggedError & { readonly isBeforeStart: boolean };
}

export interface OwnedLines {
  readonly span: InvocationSpan;
  /** Positions of the attempt's events, ascending. */
  readonly positions: readonly number[];
  /** Whether the environment went on to another invocation without being initialised again. */
  readonly isFollowedWithoutInit: () => boolean;
  readonly report?: ReportRecord;
}

export function gatherEvidence(stream: StreamRecords, owned: OwnedLines): FailureEvidence {
  let evidence: FailureEvidence = lastUncaught(stream, owned);
  for (let index = 0; index < owned.positions.length; index++) {
    const position = owned.positions[index] as number;
    const record = stream.records[position];
    if (record === undefined) continue;
    if (record.kind === 'timeout') evidence = { ...evidence, timeout: { ...record, position } };
    else if (record.kind === 'exit' || record.kind === 'fault')
      evidence = { ...evidence, exit: { ...record, position } };
    else if ((record.kind === 'init-report' || record.kind === 'restore-report') && record.status !== undefined)
      evidence = withInit(evidence, record, position, owned.span);
  }
  return evidence;
}

/** From the end, since the last one counts, unless the handler went on behind it. What follows the REPORT is not the handler's. */
function lastUncaught(stream: StreamRecords, owned: OwnedLines): FailureEvidence {
  const { positions, span } = owned;
  const { events, records } = stream;
  const report = span.report ?? Number.POSITIVE_INFINITY;
  const end = Math.min(report, span.end ?? report);
  let lastOutput = -1;
  for (let index = positions.length - 1; index >= 0; index--) {
    const position = positions[index] as number;
    if (records[position] !== undefined || position > report) continue;
    const { message } = events[position] as LogEvent;
    const isBeforeStart = span.start !== undefined && position < span.start;
    const error = uncaughtErrorIn(stream, { position, requestId: span.requestId, isBeforeStart });
    if (error !== undefined && (isBeforeStart || !isSurvived(stream, position, error, lastOutput)))
      return { uncaught: { ...error, ...panicBefore(stream, owned, index, error), isBeforeStart } };
    if (lastOutput === -1 && position < end && isHandlersOwn(message)) lastOutput = position;
  }
  return {};
}

/** Whether the handler wrote on behind an error that anybody may have printed. */
function isSurvived(stream: StreamRecords, position: number, error: LoggedError, lastOutput: number): boolean {
  const { message } = stream.events[position] as LogEvent;
  const mayBePrinted = (error.isRuntimesOwn !== true && looksLikePrinted(message)) || hasEndedNode(message);
  return mayBePrinted && lastOutput > lastLineOf(stream, position);
}

/** Rust's runtime tells that it caught a panic, not which: the panic wrote its own lines before. */
function panicBefore(stream: StreamRecords, { positions, span }: OwnedLines, from: number, { message }: LoggedError) {
  if (message !== RUST_PANICKED) return undefined;
  for (let index = from - 1; index >= 0; index--) {
    const position = positions[index] as number;
    if (stream.events[position]?.message.startsWith('thread ') === true)
      return uncaughtErrorIn(stream, { position, requestId: span.requestId, isBeforeStart: false });
  }
  return undefined;
}

function withInit(
  evidence: FailureEvidence,
  record: InitDoneRecord,
  position: number,
  { start, last }: InvocationSpan,
) {
  // What cannot be restored is not tried once more within the invocation.
  const isLastTry = record.phase === 'invoke' || record.kind === 'restore-report';
  const isInsideInvocation = (start !== undefined && position > start && position < last) || isLastTry;
  if (record.status === 'success') return { ...evidence, failedInit: undefined } as unknown as FailureEvidence;
  return { ...evidence, failedInit: { ...record, isInsideInvocation } };
}

/** A timeout, exit or fault: where it stands in the stream, and whether the invocation wrote anything after it. */
interface ClaimedFailure {
  readonly position: number;
  readonly hasOutputBehind: boolean;
}

/** Whether a timeout, exit or fault among the attempt's records can be the platform's. */
export function isTrueFailure(stream: StreamRecords, owned: OwnedLines, failure: ClaimedFailure): boolean {
  const record = stream.records[failure.position];
  if (record?.kind === 'timeout') return isTrueTimeout(record, owned);
  if (record?.kind === 'exit' || record?.kind === 'fault') return isTrueExit(stream, owned, failure, record);
  return true;
}

/** "Task timed out" is believed where the platform's own record agrees, or has not arrived yet. */
function isTrueTimeout({ requestId, afterSeconds }: TimeoutRecord, { span, report }: OwnedLines): boolean {
  if (requestId !== span.requestId || afterSeconds < SHORTEST_TIMEOUT_S * TIMEOUT_TOLERANCE) return false;
  if (report === undefined) return true;
  if (report.status !== undefined) return report.status === 'timeout';
  const { durationMs = 0 } = report;
  const limitMs = afterSeconds * 1000;
  return durationMs >= limitMs * TIMEOUT_TOLERANCE && durationMs <= limitMs / TIMEOUT_TOLERANCE + TIMEOUT_LATE_MS;
}

/**
 * A process that has ended writes nothing more, and its environment starts again before the next invocation. Where that start is suppressed the logs
 * do not show it: an exit is believed then where the REPORT agrees, or where it stands right behind the REPORT, when nothing of the function runs.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html "Failures during the invoke phase"
 */
function isTrueExit(
  { events }: StreamRecords,
  { span, report, isFollowedWithoutInit }: OwnedLines,
  { position, hasOutputBehind }: ClaimedFailure,
  record: ExitRecord | FaultRecord,
): boolean {
  if (record.requestId !== undefined && record.requestId !== span.requestId) return false;
  if (report?.status === 'success') return false;
  const { timestamp } = events[position] as LogEvent;
  const isAgreed = report?.status === 'error' || report?.status === 'failure';
  const isExplained = isAgreed || (isKilled(record) && usedUpMemory(report));
  const isRightBehind = position === span.last + 1 && timestamp - timeAt(events, span.last) <= AT_ONCE_MS;
  const mustStartAgain = timestamp >= INIT_START_SINCE && !isExplained && !isRightBehind;
  return !hasOutputBehind && !(mustStartAgain && isFollowedWithoutInit());
}

const AT_ONCE_MS = 1_000;
const timeAt = (events: readonly LogEvent[], position: number): number => (events[position] as LogEvent).timestamp;

export function isKilled(exit: ExitRecord | FaultRecord): boolean {
  return exit.kind === 'exit'
    ? exit.isKilled
    : exit.text.includes('signal: killed') || exit.text.includes('exit status 137');
}

/** Share of the memory size above which a killed process was killed for memory. */
const NEARLY_ALL_MEMORY = 0.98;

export const usedUpMemory = ({ maxMemoryUsedMb, memorySizeMb }: Partial<ReportRecord> = {}): boolean =>
  maxMemoryUsedMb !== undefined && memorySizeMb !== undefined && maxMemoryUsedMb >= memorySizeMb * NEARLY_ALL_MEMORY;

/** Copies hold the second line of an exit as a line of its own. */
export const isExitsTail = (message: string): boolean =>
  message.startsWith('Runtime.') || message.startsWith('Extension.');

/** The last error that the invocation logged, for a report that says `error` without saying which. */
export function lastErrorOf({ events, records }: StreamRecords, { positions }: OwnedLines): LoggedError | undefined {
  for (let index = positions.length - 1; index >= 0; index--) {
    const position = positions[index] as number;
    const error = records[position] === undefined ? errorIn((events[position] as LogEvent).message) : undefined;
    if (error !== undefined) return error;
  }
  return undefined;
}
