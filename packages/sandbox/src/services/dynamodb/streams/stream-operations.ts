import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Input } from '../dynalite.ts';
import { tableName } from '../table-names.ts';
import type { StreamBook } from './stream-book.ts';
import { streamDescription, wireRecord } from './stream-shapes.ts';
import type { TableStream } from './table-stream.ts';

/** Iterators end after 15 minutes (API_streams_GetShardIterator). */
const ITERATOR_LIFE_MS = 15 * 60 * 1000;
const MOST_RECORDS = 1_000;

interface Iterator {
  readonly streamArn: string;
  /** Reads what follows this; absent from the oldest record on. */
  readonly after?: string;
  readonly expiresAt: number;
}

/** DynamoDB Streams: ListStreams, DescribeStream, GetShardIterator and GetRecords. */
export function streamOperations(streams: StreamBook, context: ServiceContext): Record<string, JsonOperation> {
  const onStream = (operation: string) => (input: Input) => [
    { action: `dynamodb:${operation}`, resource: String(input.StreamArn) },
  ];
  const expiresAt = () => context.clock.now() + ITERATOR_LIFE_MS;
  return {
    ListStreams: {
      permissions: () => [{ action: 'dynamodb:ListStreams', resource: '*' }],
      handle: (input: Input) => {
        const wanted = input.TableName === undefined ? undefined : tableName(input.TableName);
        const after = input.ExclusiveStartStreamArn;
        const all = streams.all().filter((stream) => wanted === undefined || stream.tableName === wanted);
        const start = all.findIndex(({ arn }) => arn === after) + 1;
        const page = all.slice(start, start + Number(input.Limit ?? 100));
        return {
          Streams: page.map((stream) => ({
            StreamArn: stream.arn,
            TableName: stream.tableName,
            StreamLabel: stream.label,
          })),
          ...(start + page.length < all.length ? { LastEvaluatedStreamArn: page.at(-1)?.arn } : {}),
        };
      },
    },
    DescribeStream: {
      permissions: onStream('DescribeStream'),
      handle: (input: Input) => ({ StreamDescription: streamDescription(streams.get(String(input.StreamArn))) }),
    },
    GetShardIterator: {
      permissions: onStream('GetShardIterator'),
      handle: (input: Input) => {
        const stream = streams.get(String(input.StreamArn));
        if (input.ShardId !== stream.shardId) {
          throw new ApiError('ResourceNotFoundException', `Requested resource not found: Shard does not exist`);
        }
        const after = startOf(stream, input);
        return { ShardIterator: written({ streamArn: stream.arn, expiresAt: expiresAt(), ...after }) };
      },
    },
    GetRecords: {
      permissions: (input: Input) => [
        { action: 'dynamodb:GetRecords', resource: iteratorIn(input.ShardIterator).streamArn },
      ],
      handle: (input: Input) => {
        const iterator = iteratorIn(input.ShardIterator);
        const now = context.clock.now();
        if (iterator.expiresAt < now) throw new ApiError('ExpiredIteratorException', 'The shard iterator has expired.');
        const stream = streams.get(iterator.streamArn);
        const records = stream.read(iterator.after, Number(input.Limit ?? MOST_RECORDS), now);
        const after = records.at(-1)?.sequenceNumber ?? iterator.after;
        const isOver = !stream.isEnabled && (after ?? '') === (stream.lastSequenceNumber ?? '');
        const next = { streamArn: stream.arn, expiresAt: expiresAt(), ...(after === undefined ? {} : { after }) };
        return {
          Records: records.map((record) => wireRecord(stream, record, context.region)),
          ...(isOver ? {} : { NextShardIterator: written(next) }),
        };
      },
    },
  };
}

/** The record that an iterator reads on from. */
function startOf(stream: TableStream, { ShardIteratorType: type, SequenceNumber }: Input): { after?: string } {
  switch (type) {
    case 'TRIM_HORIZON':
      return {};
    case 'LATEST':
      return stream.lastSequenceNumber === undefined ? {} : { after: stream.lastSequenceNumber };
    case 'AFTER_SEQUENCE_NUMBER':
      return { after: numberIn(SequenceNumber).toString() };
    case 'AT_SEQUENCE_NUMBER':
      return { after: (numberIn(SequenceNumber) - 1n).toString() };
    default:
      throw new ApiError('ValidationException', `ShardIteratorType is not known: ${String(type)}.`);
  }
}

function numberIn(value: unknown): bigint {
  if (typeof value === 'string' && /^\d{21,40}$/.test(value)) return BigInt(value);
  throw new ApiError('ValidationException', `Invalid SequenceNumber: ${String(value)}.`);
}

const written = (iterator: Iterator): string => Buffer.from(JSON.stringify(iterator)).toString('base64');

function iteratorIn(text: unknown): Iterator {
  try {
    const iterator = JSON.parse(Buffer.from(String(text), 'base64').toString('utf8')) as Iterator;
    if (typeof iterator.streamArn === 'string' && typeof iterator.expiresAt === 'number') return iterator;
  } catch {
    // Not one of ours.
  }
  throw new ApiError('ValidationException', 'Invalid ShardIterator.');
}
