import { createHash } from 'node:crypto';
import type { Attempt, ProcessedMessage } from '@lamplighter/lambda-logs';
import type { AttributedAttempt } from './attributed-attempt.ts';
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
  readonly sk: string;
  readonly stream: string;
  readonly sequenceNumber: string;
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
export function storedAttempt({ attempt, lines }: AttributedAttempt, source: StreamSource, owner: Owner): StoredAttempt {
  const { requestId: _id, ordinal: _ordinal, messages, ...figures } = attempt;
  const firstEventAt = lines.reduce((earliest, line) => Math.min(earliest, line.event.timestamp), Number.POSITIVE_INFINITY);
  return { ...figures, ...owner, streamId: streamIdOf(source), logGroup: source.logGroup, firstEventAt, messageCount: messages.length };
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
export function invocationItem(requestId: string, attempts: readonly StoredAttempt[], auditDays: number): InvocationItem | undefined {
  const ordered = [...attempts].sort(
    (a, b) => timeOf(a) - timeOf(b) || (a.streamId < b.streamId ? -1 : a.streamId > b.streamId ? 1 : a.firstEventAt - b.firstEventAt),
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

/** The MESSAGE item of one message that a request processed. */
export function messageItem(requestId: string, message: ProcessedMessage, owner: Owner, at: number, auditDays: number): MessageItem {
  return {
    pk: requestId,
    sk: messageKeyOf(message),
    stream: message.stream,
    sequenceNumber: message.sequenceNumber,
    ...(owner.functionName === undefined ? {} : { functionName: owner.functionName }),
    streamKey: streamKeyOf(message.stream, shardOf(message.sequenceNumber)),
    sequenceKey: `${sequenceKeyOf(message.sequenceNumber)}#${requestId}`,
    expiresAt: expiryOf(at, auditDays),
  };
}

export function messageKeyOf(message: ProcessedMessage): string {
  return `MESSAGE#${message.sequenceNumber}#${message.stream}`;
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
  return /^\d+$/.test(sequenceNumber) ? sequenceNumber.replace(/^0+(?=\d)/, '').padStart(64, '0') : `~${sequenceNumber}`;
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
