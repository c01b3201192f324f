import type { CompletenessHour, EventEntry, TraceSpan, WatchedFunction } from '@lamplighter/contracts';
import type { LogBatch } from '@lamplighter/lambda-logs';
import type { InvocationItem } from './domain/invocation-item.ts';
import type { MessageItem } from './domain/message-item.ts';
import type { SpanItem } from './domain/spans/span-item.ts';
import type { Owner, StoredAttempt } from './domain/stored-attempt.ts';
import type { LogGroupFacts } from './domain/subscription-decision.ts';
import type { TimeRange } from './domain/time-range.ts';
import type { TimelineChunk } from './domain/timeline-chunk.ts';
import type { DelayedClosing } from './domain/windows/closing.ts';
import type { ClosedWindow, RevisedWindow, WindowRecord } from './domain/windows/window-record.ts';

/** Evidence: what streams wrote. */
export interface TimelinePort {
  /** Keeps a chunk; `known` when it was there already. */
  put(streamId: string, chunk: TimelineChunk, expiresAt: number): Promise<'new' | 'known'>;
  /** Chunks of a stream whose minute lies within the range, strongly consistent. */
  read(streamId: string, range: TimeRange): Promise<readonly TimelineChunk[]>;
}

/** The audit's writer. */
export interface AuditWriterPort {
  /** Replaces what one stream shows of a request within a range; resolves with the item before and after, undefined where there was none. */
  replaceAttempts(change: AttemptsChange): Promise<ItemChange>;
  /** Messages of a request that one stream has shown, strongly consistent. */
  messagesOf(requestId: string, streamId: string): Promise<readonly MessageItem[]>;
  /** Puts a message unless one is there whose attempt began before `range`. */
  putMessage(item: MessageItem, range: TimeRange): Promise<void>;
  deleteMessage(requestId: string, sortKey: string): Promise<void>;
}

export interface AttemptsChange {
  readonly requestId: string;
  readonly streamId: string;
  readonly range: TimeRange;
  readonly attempts: readonly StoredAttempt[];
  /** Is awaited before a write after which the stream's attempts bear on these minutes no longer. */
  readonly beforeLoss: (minutes: readonly number[]) => Promise<void>;
}

export interface ItemChange {
  readonly before: InvocationItem | undefined;
  readonly after: InvocationItem | undefined;
}

/** The audit's reader. */
export interface AuditReaderPort {
  /** Everything under a request ID. */
  request(requestId: string): Promise<{ invocation: InvocationItem | undefined; messages: readonly MessageItem[] }>;
  /** A function's invocations by first start, oldest first; `after` is the start key of the last one seen. */
  byFunction(query: FunctionQuery): Promise<readonly InvocationItem[]>;
  /** Invocations with several attempts, by the start of the last one. */
  retried(query: Omit<FunctionQuery, 'after' | 'limit'>): Promise<readonly InvocationItem[]>;
  bySequence(query: SequenceQuery): Promise<readonly MessageItem[]>;
}

export interface FunctionQuery {
  readonly owner: Required<Owner>;
  readonly range: TimeRange;
  readonly after?: string;
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

export interface SequenceQuery {
  readonly stream: string;
  readonly sequenceNumber?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Spans of traces. */
export interface SpansPort {
  /** Keeps a span; the same one again changes nothing. */
  put(item: SpanItem): Promise<void>;
  /** What is known of a trace, by start; its id is 32 lower-case hex digits. */
  ofTrace(traceId: string): Promise<readonly TraceSpan[]>;
}

/** Spans that another keeps, for as long as it does: X-Ray, where Transaction Search is off. */
export interface TracesPort {
  /** What is known of a trace, in any order; its id is 32 lower-case hex digits. Empty, too, where it could not be asked: a story is told without. */
  ofTrace(traceId: string): Promise<readonly TraceSpan[]>;
}

/** An hour as the ledger keeps it. */
export interface LedgerHour extends CompletenessHour {
  /** Audited when a backfill of the hour began; absent once it has ended. A backfill that was broken off is told by it, and not forgotten. */
  readonly backfillFrom?: number | undefined;
  /** How often the hour's gaps were read in the log group in a row and nothing was found, and when that was last, epoch milliseconds. */
  readonly fruitless?: { readonly times: number; readonly at: number } | undefined;
}

/** The loss ledger. */
export interface LedgerPort {
  register(watched: WatchedFunction): Promise<void>;
  /** Functions in order of their keys, behind `after`; all where there is no limit. */
  functions(page?: { readonly limit?: number; readonly after?: string }): Promise<readonly WatchedFunction[]>;
  record(watched: WatchedFunction, hour: LedgerHour, expiresAt: number): Promise<void>;
  hours(watched: WatchedFunction, range: TimeRange): Promise<readonly LedgerHour[]>;
}

/** Rounds over many things that may not get through all of them in one run, and go on where they stopped. */
export type Round = 'reconcile' | 'sweep';

export interface RoundsPort {
  /** The last thing that the round before has looked at; undefined where it got through, or never ran. */
  stoppedAt(round: Round): Promise<string | undefined>;
  stop(round: Round, at: string | undefined): Promise<void>;
}

/** What is known of a function's minutes. */
export interface WindowLedgerPort {
  /** Records of minutes within the range, both ends included; `isLatest` where an answer of a moment ago will not do. */
  read(owner: Required<Owner>, range: TimeRange, options: { isLatest: boolean }): Promise<readonly WindowRecord[]>;
  /** Windows of minutes within the range, both ends included, that still are what the audit tells; ascending, an answer of a moment ago. */
  current(owner: Required<Owner>, range: TimeRange): Promise<readonly ClosedWindow[]>;
  /** Notes that a closing will begin at `dueAt`, unless a later one is noted. */
  note(owner: Required<Owner>, minute: number, dueAt: number): Promise<void>;
  /** Notes that the audit tells something else since `changedAt`, of a minute that is closed no more; nothing where it never was. */
  outdate(owner: Required<Owner>, minute: number, changedAt: number): Promise<void>;
  /** Takes a revision over another (undefined: the first); false where somebody else has taken one meanwhile. */
  take(owner: Required<Owner>, window: RevisedWindow, over: number | undefined): Promise<boolean>;
  /** Notes that a revision was published, and is what the audit told at `readAt`. */
  confirm(
    owner: Required<Owner>,
    minute: number,
    revision: number,
    seen: { readonly readAt: number; readonly whole: number },
  ): Promise<void>;
}

/** Sends closings into the queue, each handed out after its delay, at least once. */
export type ClosingsPort = (closings: readonly DelayedClosing[]) => Promise<void>;

/** Puts log events into the archive, at least once; each carries its id. */
export type ArchivePort = (batch: LogBatch, region: string) => Promise<void>;

/** What is set aside, with its reason. */
export interface DeadLetter {
  readonly reason: string;
  readonly detail: string;
  readonly door: Door;
  /** The bytes as they came. */
  readonly payload: Uint8Array;
  readonly rejectedEvents: number;
}
export type Door = 'direct' | 'stream' | 'backfill';
/** Keeps a dead letter and says where: `s3://bucket/key`. The same letter twice is one. */
export type DeadLetterPort = (letter: DeadLetter) => Promise<string>;

/** Puts an event on the bus `lamplighter`. */
export type PublishPort = (entries: readonly EventEntry[]) => Promise<void>;

/** Sums of the CloudWatch metric `Invocations` by period start, for one function. */
export type InvocationsPort = (
  functionNames: readonly string[],
  range: TimeRange,
  periodSeconds: number,
) => Promise<ReadonlyMap<string, ReadonlyMap<number, number>>>;

/** Log events of a group within a range, grouped by stream, page by page. Throws `UnreadableLogGroup` where it may not be read. */
export type LogGroupReaderPort = (
  logGroup: string,
  range: TimeRange,
) => AsyncIterable<Pick<LogBatch, 'logStream' | 'events'>>;

/** Publishes the lowest completeness of these functions as a CloudWatch metric. */
export type CompletenessMetricPort = (
  functions: readonly { functionName: string; completenessPct: number }[],
  at: number,
) => Promise<void>;

/** A log group as it is listed. */
export type ListedLogGroup = Omit<LogGroupFacts, 'tags' | 'filters'> & { readonly arn: string };

/** Log groups and their subscriptions. */
export interface LogGroupsPort {
  /** One group; undefined where it does not exist (any more). */
  find(logGroup: string): Promise<ListedLogGroup | undefined>;
  /** Every group whose name begins so, in order of their names. */
  list(prefix: string): AsyncIterable<ListedLogGroup>;
  /** All that is known of a group; undefined where it has been deleted meanwhile. */
  describe(group: ListedLogGroup): Promise<LogGroupFacts | undefined>;
  subscribe(logGroup: string): Promise<void>;
  retain(logGroup: string, days: number): Promise<void>;
}
