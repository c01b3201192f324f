import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { expect, test } from '@jest/globals';
import type { FunctionSettings } from '@lamplighter/remedies';
import { readStream } from './read-stream.ts';

const resource = { accountId: '1', region: 'us-east-1', type: 'lambda-function', name: 'reader' } as const;

const mapping = (stream: string, enabled = true, accountId = '1') => ({
  ...{ uuid: stream, sourceArn: `arn:aws:kinesis:us-east-1:${accountId}:stream/${stream}` },
  ...{ enabled, batchSize: 10 },
});

/** By enhanced fan-out. */
const consumerOf = (stream: string) => ({
  ...mapping(stream),
  sourceArn: `arn:aws:kinesis:us-east-1:1:stream/${stream}/consumer/reader:1700000000`,
});

/** Every stream has three shards. */
const client = {
  send: async (command: unknown) => {
    if (!(command instanceof DescribeStreamSummaryCommand)) throw new Error('nobody should ask');
    return { StreamDescriptionSummary: { OpenShardCount: 3 } };
  },
} as unknown as KinesisClient;

test.each<[string, FunctionSettings['mappings'], string[], string | undefined]>([
  ['the only one', [mapping('bookings')], [], 'bookings'],
  ['the only one that is read', [mapping('old', false), mapping('bookings')], [], 'bookings'],
  ['the one that the finding names', [mapping('rooms'), mapping('bookings')], ['bookings'], 'bookings'],
  ['none where several are read and none is named', [mapping('rooms'), mapping('bookings')], [], undefined],
  ['that of the consumer', [consumerOf('bookings')], [], 'bookings'],
  ['that of the named consumer', [consumerOf('rooms'), consumerOf('bookings')], ['bookings'], 'bookings'],
  ['none of another account', [mapping('bookings', true, '2')], [], undefined],
])('of the streams that a function reads %s is looked at', async (_, mappings, named, streamName) => {
  const causes = named.map((name) => ({ kind: 'message' as const, name, evidence: [] }));
  const settings: FunctionSettings = {
    ...{ functionName: 'reader', memorySizeMb: 128, timeoutS: 3, architecture: 'arm64', tracing: 'Active' },
    ...{ unreservedConcurrency: 900, aliases: [], versions: [], scaledAliases: [], tags: {}, mappings },
  };

  const stream = await readStream(client, settings, { causes, evidence: [], resource });

  expect(stream).toEqual(streamName && { streamName, mode: 'PROVISIONED', shards: 3 });
});

test('consumers of enhanced fan-out are counted, since each pays for each shard', async () => {
  const fanOut = {
    send: async () => ({ StreamDescriptionSummary: { OpenShardCount: 3, ConsumerCount: 2 } }),
  } as unknown as KinesisClient;
  const settings = { mappings: [consumerOf('bookings')] } as unknown as FunctionSettings;

  const stream = await readStream(fanOut, settings, { causes: [], evidence: [], resource });

  expect(stream).toEqual({ streamName: 'bookings', mode: 'PROVISIONED', shards: 3, consumers: 2 });
});
