import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError } from '../../core/service.ts';
import { encryptionOf } from './record-operations.ts';
import { updateShardCount, updateStreamMode } from './reshard.ts';
import type { Shard } from './shard.ts';
import type { Stream, StreamMode } from './stream.ts';
import type { Input, Streams } from './streams.ts';

/** Retention is one day to a year (API_IncreaseStreamRetentionPeriod). */
const MIN_RETENTION_HOURS = 24;
const MAX_RETENTION_HOURS = 8760;

type Handle = (input: Input) => unknown;

/** Creation, description and settings of streams. A stream is active as soon as its creation is answered. */
export function streamOperations(streams: Streams, now: () => number): Record<string, JsonOperation> {
  const onStream = (operation: string, handle: Handle): [string, JsonOperation] => [
    operation,
    { permissions: (input: Input) => streams.permission(operation, input), handle: (input: Input) => handle(input) },
  ];
  return Object.fromEntries([
    onStream('CreateStream', (input) => createStream(streams, input)),
    onStream('DeleteStream', (input) => streams.delete(streams.of(input))),
    onStream('DescribeStream', (input) => describeStream(streams.of(input), input)),
    onStream('DescribeStreamSummary', (input) => describeSummary(streams.of(input))),
    onStream('IncreaseStreamRetentionPeriod', (input) => setRetention(streams.of(input), input, 'increase')),
    onStream('DecreaseStreamRetentionPeriod', (input) => setRetention(streams.of(input), input, 'decrease')),
    onStream('UpdateShardCount', (input) => updateShardCount(streams.of(input), input, now())),
    onStream('UpdateStreamMode', (input) => updateStreamMode(streams.of(input), input, now())),
    onStream('StartStreamEncryption', (input) => {
      streams.of(input).kmsKeyId = String(input.KeyId);
    }),
    onStream('StopStreamEncryption', (input) => {
      streams.of(input).kmsKeyId = undefined;
    }),
    [
      'ListShards',
      {
        permissions: (input: Input) => streams.permission('ListShards', shardListing(input)),
        handle: (input: Input) => listShards(streams, input),
      },
    ],
    [
      'ListStreams',
      {
        permissions: () => [{ action: 'kinesis:ListStreams', resource: '*' }],
        handle: (input: Input) => listStreams(streams, input),
      },
    ],
  ]);
}

function createStream(streams: Streams, input: Input): void {
  const details = input.StreamModeDetails as { StreamMode?: StreamMode } | undefined;
  const stream = streams.create({
    name: String(input.StreamName ?? ''),
    mode: details?.StreamMode ?? 'PROVISIONED',
    shardCount: Number(input.ShardCount),
  });
  for (const [key, value] of Object.entries((input.Tags ?? {}) as Record<string, string>)) stream.tags.set(key, value);
}

function describeStream(stream: Stream, input: Input) {
  const limit = Number(input.Limit ?? 100);
  const after = String(input.ExclusiveStartShardId ?? '');
  const shards = stream.shards.filter((shard) => shard.shardId > after);
  return {
    StreamDescription: {
      ...common(stream),
      Shards: shards.slice(0, limit).map(describeShard),
      HasMoreShards: shards.length > limit,
    },
  };
}

function describeSummary(stream: Stream) {
  return {
    StreamDescriptionSummary: { ...common(stream), OpenShardCount: stream.openShards.length, ConsumerCount: 0 },
  };
}

function common(stream: Stream) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: stream.createdAt / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: encryptionOf(stream),
    MaxRecordSizeInKiB: stream.maxRecordKiB,
    ...(stream.kmsKeyId === undefined ? {} : { KeyId: stream.kmsKeyId }),
  };
}

function describeShard(shard: Shard) {
  return {
    ShardId: shard.shardId,
    HashKeyRange: { StartingHashKey: String(shard.startingHashKey), EndingHashKey: String(shard.endingHashKey) },
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(shard.endingSequenceNumber === undefined ? {} : { EndingSequenceNumber: shard.endingSequenceNumber }),
    },
    ...(shard.parents[0] ? { ParentShardId: shard.parents[0].shardId } : {}),
    ...(shard.parents[1] ? { AdjacentParentShardId: shard.parents[1].shardId } : {}),
  };
}

/** `NextToken` carries the stream and the last shard seen; with it no stream may be named. */
function shardListing(input: Input): Input {
  if (typeof input.NextToken !== 'string') return input;
  const [StreamName, ExclusiveStartShardId] = Buffer.from(input.NextToken, 'base64').toString('utf8').split('/');
  return { ...input, StreamName, ExclusiveStartShardId };
}

function listShards(streams: Streams, input: Input) {
  if (input.ShardFilter !== undefined) {
    throw new ApiError('InvalidArgumentException', 'The sandbox does not emulate ListShards ShardFilter.');
  }
  const listing = shardListing(input);
  const stream = streams.of(listing);
  const limit = Number(input.MaxResults ?? 1000);
  const after = String(listing.ExclusiveStartShardId ?? '');
  const shards = stream.shards.filter((shard) => shard.shardId > after);
  const page = shards.slice(0, limit);
  const more = shards.length > limit;
  const token = more && Buffer.from(`${stream.name}/${page.at(-1)?.shardId}`).toString('base64');
  return { Shards: page.map(describeShard), ...(token ? { NextToken: token } : {}) };
}

function listStreams(streams: Streams, input: Input) {
  const limit = Number(input.Limit ?? 100);
  const after = String(input.NextToken ?? input.ExclusiveStartStreamName ?? '');
  const found = streams.all().filter((stream) => stream.name > after);
  const page = found.slice(0, limit);
  return {
    StreamNames: page.map((stream) => stream.name),
    StreamSummaries: page.map(({ name, arn, mode, createdAt }) => ({
      StreamName: name,
      StreamARN: arn,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: mode },
      StreamCreationTimestamp: createdAt / 1000,
    })),
    HasMoreStreams: found.length > limit,
    ...(found.length > limit ? { NextToken: page.at(-1)?.name } : {}),
  };
}

function setRetention(stream: Stream, input: Input, direction: 'increase' | 'decrease'): void {
  const hours = Number(input.RetentionPeriodHours);
  const isWrongWay = direction === 'increase' ? hours < stream.retentionHours : hours > stream.retentionHours;
  if (!(hours >= MIN_RETENTION_HOURS && hours <= MAX_RETENTION_HOURS) || isWrongWay) {
    throw new ApiError(
      'InvalidArgumentException',
      `Requested retention period (${hours} hours) for stream ${stream.name} can not ${direction} the present ${stream.retentionHours} hours; allowed are ${MIN_RETENTION_HOURS} to ${MAX_RETENTION_HOURS}.`,
    );
  }
  stream.retentionHours = hours;
}
