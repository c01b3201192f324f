import { createHash } from 'node:crypto';
import type { Attempt, ProcessedMessage } from '@lamplighter/lambda-logs';
import { type AttributedAttempt, firstEventAt } from './attributed-attempt.ts';
import { canonicalJson } from './canonical-json.ts';
import { type StreamSource, streamIdOf } from './stream-id.ts';

/** How many partitions an index key is spread over, so that one busy function or stream does not heat a single one. */
export const INDEX_SHARDS = 8;

/** An attempt as it lies in an audit item; its messages are items of their own. */
export type StoredAttempt = Omit<Attempt, 'requestId' | 'messages' | 'ordinal'> & {
  /** {@link streamIdOf} the stream that shows this attempt. */
  readonly streamId: string;
  readonly accountId: string;
  readonly region: string;
  readonly logGroup: string;
  readonly functionName?: string;
  /** Timestamp of the attempt's first event: what it is indexed by where its start is not known. */
  readonly firstEventAt: number;
  readonly messageCount: number;
};

export interface InvocationItem {
  readonly pk: string;
  readonly sk: 'INVOCATION';
  readonly accountId: string;
  readonly region: string;
  readonly functionName?: string;
  readonly attempts: readonly StoredAttempt[];
  readonly functionKey: string;
  readonly startKey: string;
  readonly retriedFunctionKey?: string;
  readonly lastStartKey?: string;
  /** Hash of the attempts: a write succeeds only over the content it was made from. */
  readonly etag: string;
  /** Epoch seconds (DynamoDB time to live). */
  readonly expiresAt: number;
}

export interface MessageItem {
  readonly pk: string;
  /** `MESSAGE#<sequence number>#<hash of stream and execution environment>`. */
  readonly sk: string;
  readonly stream: string;
  readonly sequenceNumber: string;
  /** The execution environment that said so. */
  readonly streamId: string;
  /** When the attempt that processed it began, epoch milliseconds. */
  readonly at: number;
  readonly functionName?: string;
  readonly streamKey: string;
  readonly sequenceKey: string;
  readonly expiresAt: number;
}

export interface Owner {
  readonly accountId: string;
  readonly region: string;
  readonly functionName?: string;
}

/** A span of time, epoch milliseconds, both ends included. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** How an attempt is kept. */
export function storedAttempt(
  { attempt, lines }: AttributedAttempt,
  source: StreamSource,
  owner: Owner,
): StoredAttempt {
  const { requestId: _id, ordinal: _ordinal, messages, ...figures } = attempt;
  return {
    ...figures,
    ...owner,
    streamId: streamIdOf(source),
    logGroup: source.logGroup,
    firstEventAt: firstEventAt(lines),
    messageCount: messages.length,
  };
}

/**
 * The attempts of a request after one stream was read again: what that stream shows of `range` replaces what it showed there before;
 * other streams, and other times of this one, stay.
 */
export function replaceAttempts(
  existing: readonly StoredAttempt[],
  streamId: string,
  range: TimeRange,
  shown: readonly StoredAttempt[],
): StoredAttempt[] {
  const inRange = (attempt: StoredAttempt) => timeOf(attempt) >= range.from && timeOf(attempt) <= range.to;
  return [
    ...existing.filter((attempt) => attempt.streamId !== streamId || !inRange(attempt)),
    ...shown.filter(inRange),
  ];
}

/** The one INVOCATION item of a request, from the attempts of every stream that shows it; undefined where none does. */
export function invocationItem(
  requestId: string,
  attempts: readonly StoredAttempt[],
  auditDays: number,
): InvocationItem | undefined {
  const ordered = [...attempts].sort(
    (a, b) =>
      timeOf(a) - timeOf(b) ||
      (a.streamId < b.streamId ? -1 : a.streamId > b.streamId ? 1 : a.firstEventAt - b.firstEventAt),
  );
  const first = ordered[0];
  const last = ordered.at(-1);
  if (!first || !last) return undefined;
  const { accountId, region, functionName } = first;
  const owner = { accountId, region, ...(functionName === undefined ? {} : { functionName }) };
  const functionKey = functionKeyOf({ ...owner, functionName: functionName ?? first.logGroup }, shardOf(requestId));
  const retried = ordered.length > 1;
  return {
    pk: requestId,
    sk: 'INVOCATION',
    ...owner,
    attempts: ordered,
    functionKey,
    startKey: startKeyOf(timeOf(first), requestId),
    ...(retried ? { retriedFunctionKey: functionKey, lastStartKey: startKeyOf(timeOf(last), requestId) } : {}),
    etag: createHash('sha256').update(canonicalJson(ordered)).digest('base64url').slice(0, 22),
    expiresAt: expiryOf(timeOf(first), auditDays),
  };
}

/**
 * The MESSAGE items of what one stream shows of a request: each message once, with the first attempt that processed it.
 * Attempts that began outside the range are another derivation's to tell.
 */
export function messageItems(
  requestId: string,
  shown: readonly AttributedAttempt[],
  scope: MessageScope,
): MessageItem[] {
  const items = new Map<string, MessageItem>();
  for (const attributed of shown) {
    const stored = storedAttempt(attributed, scope.source, scope.owner);
    const at = timeOf(stored);
    if (at < scope.range.from || at > scope.range.to) continue;
    for (const message of attributed.attempt.messages) {
      const item = messageItem(requestId, message, at, scope);
      const other = items.get(item.sk);
      if (!other || other.at > item.at) items.set(item.sk, item);
    }
  }
  return [...items.values()];
}

export interface MessageScope {
  readonly source: StreamSource;
  readonly owner: Owner;
  readonly range: TimeRange;
  readonly auditDays: number;
}

function messageItem(
  requestId: string,
  message: ProcessedMessage,
  at: number,
  { source, owner, auditDays }: MessageScope,
): MessageItem {
  const { stream, sequenceNumber } = message;
  return {
    pk: requestId,
    sk: messageKeyOf(message, streamIdOf(source)),
    stream,
    sequenceNumber,
    streamId: streamIdOf(source),
    at,
    ...(owner.functionName === undefined ? {} : { functionName: owner.functionName }),
    streamKey: streamKeyOf(stream, shardOf(sequenceNumber)),
    sequenceKey: `${sequenceKeyOf(sequenceNumber)}#${requestId}`,
    expiresAt: expiryOf(at, auditDays),
  };
}

export function messageKeyOf({ stream, sequenceNumber }: ProcessedMessage, streamId: string): string {
  return `MESSAGE#${sequenceNumber}#${createHash('sha256').update(`${stream}\n${streamId}`).digest('base64url').slice(0, 12)}`;
}

/** `account:region:function:shard`; a log group that names no function stands for itself. */
export function functionKeyOf(owner: Required<Owner>, shard: number): string {
  return `${owner.accountId}:${owner.region}:${owner.functionName}:${shard}`;
}

export function streamKeyOf(stream: string, shard: number): string {
  return `${stream}#${shard}`;
}

/** Sorts as the number does: Kinesis numbers have up to 56 digits (128-bit fields), SQS FIFO's 20. */
export function sequenceKeyOf(sequenceNumber: string): string {
  return /^\d+$/.test(sequenceNumber)
    ? sequenceNumber.replace(/^0+(?=\d)/, '').padStart(64, '0')
    : `~${sequenceNumber}`;
}

/** Epoch milliseconds, fixed width, then the request. */
export function startKeyOf(timestamp: number, requestId = ''): string {
  return `${String(Math.max(0, Math.floor(timestamp))).padStart(16, '0')}#${requestId}`;
}

export function shardOf(key: string): number {
  return createHash('sha256').update(key).digest()[0]! % INDEX_SHARDS;
}

/** When the attempt began, as far as is known. */
export function timeOf(attempt: StoredAttempt): number {
  return attempt.startedAt ?? attempt.firstEventAt;
}

const DAY_MS = 86_400_000;
function expiryOf(timestamp: number, auditDays: number): number {
  return Math.ceil((timestamp + auditDays * DAY_MS) / 1000);
}
