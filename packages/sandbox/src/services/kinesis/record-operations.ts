import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { KinesisRecord } from './kinesis-peer.ts';
import { shardIndexOf } from './sequence-number.ts';
import { HASH_KEY_LIMIT, type Shard } from './shard.ts';
import { assertFresh, decodeIterator, encodeIterator } from './shard-iterator.ts';
import type { Stream } from './stream.ts';
import type { Input, Streams } from './streams.ts';

/** Quotas: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html and API_GetRecords.html. */
const MAX_PUT_RECORDS = 500;
const MAX_PUT_BYTES = 10 * 1024 * 1024;
const MAX_GET_RECORDS = 10_000;
const MAX_GET_BYTES = 10 * 1024 * 1024;

interface PutEntry {
  readonly Data?: string;
  readonly PartitionKey?: string;
  readonly ExplicitHashKey?: string;
}

/** PutRecord, PutRecords, GetShardIterator and GetRecords. */
export function recordOperations(streams: Streams, context: ServiceContext): Record<string, JsonOperation> {
  const now = () => context.clock.now();
  return {
    PutRecord: {
      permissions: (input) => streams.permission('PutRecord', input),
      handle: (input: Input) => {
        const stream = streams.of(input);
        const { shardId, sequenceNumber } = put(stream, input as PutEntry);
        return { ShardId: shardId, SequenceNumber: sequenceNumber, EncryptionType: encryptionOf(stream) };
      },
    },
    PutRecords: {
      permissions: (input) => streams.permission('PutRecords', input),
      handle: (input: Input) => putRecords(streams.of(input), (input.Records ?? []) as PutEntry[]),
    },
    GetShardIterator: {
      permissions: (input) => streams.permission('GetShardIterator', input),
      handle: (input: Input) => {
        const stream = streams.of(input);
        const shard = existingShard(stream, String(input.ShardId), context.accountId);
        const { arn: streamArn, generation } = stream;
        const ordinal = startingOrdinal(shard, input, now());
        const iterator = { streamArn, generation, shardId: shard.shardId, ordinal, issuedAt: now() };
        return { ShardIterator: encodeIterator(iterator) };
      },
    },
    GetRecords: {
      permissions: (input: Input) =>
        streams.permission('GetRecords', { StreamARN: decodeIterator(input.ShardIterator).streamArn }),
      handle: (input: Input) => getRecords(streams, context, input),
    },
  };
}

/** Whether the records of a stream are encrypted at rest, in the API's word. */
export function encryptionOf(stream: Stream): 'KMS' | 'NONE' {
  return stream.kmsKeyId === undefined ? 'NONE' : 'KMS';
}

function putRecords(stream: Stream, entries: readonly PutEntry[]) {
  if (entries.length < 1 || entries.length > MAX_PUT_RECORDS) {
    throw invalidLength(
      'records',
      entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_PUT_RECORDS}`,
    );
  }
  const checked = entries.map((entry, index) => checkEntry(stream, entry, `records.${index + 1}.member.`));
  const bytes = checked.reduce((sum, entry) => sum + entry.data.length + Buffer.byteLength(entry.partitionKey), 0);
  if (bytes > MAX_PUT_BYTES) throw new ApiError('InvalidArgumentException', 'Records size exceeds 10 MB limit');
  const Records = checked.map((entry) => {
    const { shardId, sequenceNumber } = stream.put(entry.data, entry.partitionKey, entry.hashKey);
    return { ShardId: shardId, SequenceNumber: sequenceNumber };
  });
  return { FailedRecordCount: 0, Records, EncryptionType: encryptionOf(stream) };
}

function put(stream: Stream, entry: PutEntry) {
  const { data, partitionKey, hashKey } = checkEntry(stream, entry, '');
  return stream.put(data, partitionKey, hashKey);
}

function checkEntry(stream: Stream, entry: PutEntry, path: string) {
  const data = Buffer.from(entry.Data ?? '', 'base64');
  const partitionKey = entry.PartitionKey ?? '';
  const maxBytes = stream.maxRecordKiB * 1024;
  if (entry.Data === undefined) throw invalid(`${path}data`, 'Member must not be null');
  if (data.length > maxBytes) throw invalidLength(`${path}data`, `less than or equal to ${maxBytes}`);
  if (partitionKey.length < 1) throw invalidLength(`${path}partitionKey`, 'greater than or equal to 1');
  if ([...partitionKey].length > 256) throw invalidLength(`${path}partitionKey`, 'less than or equal to 256');
  if (entry.ExplicitHashKey === undefined) return { data, partitionKey, hashKey: undefined };
  if (!/^(0|[1-9]\d{0,38})$/.test(entry.ExplicitHashKey) || BigInt(entry.ExplicitHashKey) >= HASH_KEY_LIMIT) {
    throw new ApiError(
      'InvalidArgumentException',
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${entry.ExplicitHashKey}`,
    );
  }
  return { data, partitionKey, hashKey: BigInt(entry.ExplicitHashKey) };
}

function startingOrdinal(shard: Shard, input: Input, now: number): number {
  const type = String(input.ShardIteratorType);
  switch (type) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return shard.end;
    case 'AT_TIMESTAMP':
      return timestampOrdinal(shard, input.Timestamp, now);
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER':
      return sequenceOrdinal(shard, String(input.StartingSequenceNumber ?? ''), type === 'AFTER_SEQUENCE_NUMBER');
    default:
      throw invalid(
        'shardIteratorType',
        'Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]',
      );
  }
}

function timestampOrdinal(shard: Shard, seconds: unknown, now: number): number {
  if (typeof seconds !== 'number') {
    throw new ApiError(
      'InvalidArgumentException',
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP.',
    );
  }
  if (seconds * 1000 > now) {
    throw new ApiError(
      'InvalidArgumentException',
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${seconds * 1000}, currentTimestampInMillis: ${now}`,
    );
  }
  return shard.ordinalOfTime(seconds * 1000);
}

function sequenceOrdinal(shard: Shard, sequence: string, after: boolean): number {
  if (shardIndexOf(sequence) === shard.index) return shard.ordinalOfSequence(sequence, after);
  throw new ApiError(
    'InvalidArgumentException',
    `StartingSequenceNumber ${sequence} used in GetShardIterator on shard ${shard.shardId} is invalid because it did not come from this shard.`,
  );
}

function getRecords(streams: Streams, context: ServiceContext, input: Input) {
  const iterator = decodeIterator(input.ShardIterator);
  const now = context.clock.now();
  assertFresh(iterator, now);
  const limit = Number(input.Limit ?? MAX_GET_RECORDS);
  if (limit < 1 || limit > MAX_GET_RECORDS) {
    throw invalid(
      'limit',
      `Member must have value ${limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_GET_RECORDS}`}`,
    );
  }
  const stream = streams.named(iterator.streamArn);
  if (stream.generation !== iterator.generation)
    throw new ApiError('InvalidArgumentException', 'Invalid ShardIterator.');
  const shard = existingShard(stream, iterator.shardId, context.accountId);
  const { records, next } = shard.read(iterator.ordinal, limit);
  const page = withinBytes(records);
  const ordinal = next - (records.length - page.length);
  const waiting = shard.at(ordinal);
  return {
    Records: page.map((record) => ({
      SequenceNumber: record.sequenceNumber,
      PartitionKey: record.partitionKey,
      Data: record.data.toString('base64'),
      ApproximateArrivalTimestamp: record.arrivedAt / 1000,
      EncryptionType: encryptionOf(stream),
    })),
    ...(isOver(shard, ordinal)
      ? { ChildShards: stream.childrenOf(shard).map(childShape) }
      : { NextShardIterator: encodeIterator({ ...iterator, ordinal, issuedAt: now }) }),
    MillisBehindLatest: waiting ? now - waiting.arrivedAt : 0,
  };
}

/** Whether a closed shard was read to its end. */
const isOver = (shard: Shard, ordinal: number): boolean =>
  shard.endingSequenceNumber !== undefined && ordinal >= shard.end;

const childShape = ({ shardId, parents, startingHashKey, endingHashKey }: Shard) => ({
  ShardId: shardId,
  ParentShards: parents.map((parent) => parent.shardId),
  HashKeyRange: { StartingHashKey: String(startingHashKey), EndingHashKey: String(endingHashKey) },
});

/** The records that fit into one answer; always at least one. */
function withinBytes(records: readonly KinesisRecord[]): readonly KinesisRecord[] {
  let bytes = 0;
  const tooMuch = records.findIndex((record, index) => {
    bytes += record.data.length;
    return index > 0 && bytes > MAX_GET_BYTES;
  });
  return tooMuch < 0 ? records : records.slice(0, tooMuch);
}

/** The shard, trimmed to the stream's retention, or `ResourceNotFoundException`. */
export function existingShard(stream: Stream, shardId: string, accountId: string): Shard {
  const shard = stream.shard(shardId);
  if (shard) return shard;
  throw new ApiError(
    'ResourceNotFoundException',
    `Could not find shard ${shardId} in stream ${stream.name} under account ${accountId}.`,
  );
}

function invalidLength(member: string, rule: string): ApiError {
  return invalid(member, `Member must have length ${rule}`);
}

function invalid(member: string, rule: string): ApiError {
  return new ApiError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`,
  );
}
