import { gunzipSync } from 'node:zlib';
import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationConfiguration,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from '@aws-sdk/client-firehose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError } from '../../core/service.ts';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import type { LogInput } from '../logs/logs-peer.ts';
import type { FirehosePeer } from './firehose-peer.ts';
import { createFirehose } from './index.ts';

const ROLE = 'arn:aws:iam::123456789012:role/delivery';
const clock = new VirtualClock(Date.UTC(2026, 0, 31, 23, 59, 58));
const bucket = new Map<string, Buffer>();
const logged: LogInput[] = [];
const reported: string[] = [];
let isAllowed = true;
let lone: LoneService<FirehosePeer>;
let client: FirehoseClient;
let DeliveryStreamName = '';
let streamCount = 0;

const peers = {
  iam: {
    assertRoleAllows(roleArn: string, action: string, resource: string) {
      if (action === 's3:PutObject' && !isAllowed) {
        throw new ApiError('AccessDeniedException', `${roleArn} may not ${action} on ${resource}`);
      }
    },
  },
  s3: { put: async (_bucket: string, key: string, body: Buffer) => void bucket.set(key, body) },
  logs: { write: async (_group: string, _stream: string, events: LogInput[]) => void logged.push(...events) },
};

beforeAll(async () => {
  lone = await startLoneService(createFirehose, {
    clock,
    peers: peers as never,
    report: (error) => reported.push((error as Error).message),
  });
  client = new FirehoseClient(lone.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await lone.stop();
});
beforeEach(() => {
  streamCount += 1;
  DeliveryStreamName = `archive-${streamCount}`;
  isAllowed = true;
  bucket.clear();
  logged.length = 0;
  reported.length = 0;
});

describe('delivery', () => {
  test('happens after the interval, as one object named by the oldest arrival', async () => {
    await create({
      Prefix: 'events/date=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/',
      CompressionFormat: 'GZIP',
    });
    await put('one\n');
    await clock.advance(59_000);
    await put('two\n');

    const before = bucket.size;
    await clock.advance(1000);
    const [[key, body] = ['', Buffer.alloc(0)]] = bucket;

    expect(before).toBe(0);
    expect(bucket.size).toBe(1);
    expect(key).toMatch(
      new RegExp(`^events/date=2026-01-31/hour=23/${DeliveryStreamName}-1-2026-01-31-23-59-58-[0-9a-f-]{36}\\.gz$`),
    );
    expect(gunzipSync(body).toString()).toBe('one\ntwo\n');
  });

  test('happens as soon as the size is reached', async () => {
    await create({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 } });

    await put('x'.repeat(1_000_000));
    await put('y'.repeat(100_000));
    await lone.idle();

    expect([...bucket.values()].map((body) => body.length)).toEqual([1_100_000]);
  });

  test('parts records by newlines where that is asked for', async () => {
    await create({ ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] } });
    await put('one');
    await put('two');

    await lone.peer.flush();

    expect([...bucket.values()].map(String)).toEqual(['one\ntwo\n']);
  });

  test('puts year, month, day and hour behind a prefix without expressions', async () => {
    await create({ Prefix: 'raw/' });
    const at = new Date(clock.now()).toISOString();
    await lone.peer.put(
      `arn:aws:firehose:us-east-1:123456789012:deliverystream/${DeliveryStreamName}`,
      Buffer.from('x'),
    );

    await lone.peer.flush();

    expect([...bucket.keys()][0]).toContain(`raw/${at.slice(0, 13).replaceAll(/[-T]/g, '/')}/${DeliveryStreamName}-1-`);
  });

  test('is tried again when the role may not write, and told to the log of the stream', async () => {
    isAllowed = false;
    await create({ CloudWatchLoggingOptions: { Enabled: true, LogGroupName: '/firehose', LogStreamName: 's3' } });
    await put('kept');
    await clock.advance(60_000);
    const refusals = logged.map((event) => (JSON.parse(event.message) as { errorCode: string }).errorCode);

    await expect(lone.peer.flush()).rejects.toThrow(`${ROLE} may not s3:PutObject`);
    isAllowed = true;
    await clock.advance(60_000);

    expect(refusals).toEqual(['S3.AccessDeniedException']);
    expect([...bucket.values()].map(String)).toEqual(['kept']);
  });

  test('is given up after a day, and that is reported', async () => {
    isAllowed = false;
    await create({});
    await put('lost');

    await clock.advance(25 * 3_600_000);
    isAllowed = true;
    await lone.peer.flush();

    expect(bucket.size).toBe(0);
    expect(reported.some((message) => message.includes('lost 1 records'))).toBe(true);
  });
});

describe('limits', () => {
  test('501 records, a record over 1,000 KiB and a batch over 4 MiB are refused', async () => {
    await create({});
    const batch = (sizes: number[]) =>
      client.send(
        new PutRecordBatchCommand({ DeliveryStreamName, Records: sizes.map((size) => ({ Data: Buffer.alloc(size) })) }),
      );

    await expect(batch(Array(501).fill(1))).rejects.toThrow('less than or equal to 500');
    await expect(batch([1_024_001])).rejects.toThrow("at 'records.1.member.data'");
    await expect(batch([1_000_000, 1_000_000, 1_000_000, 1_000_000, 200_000])).rejects.toThrow('exceeds 4 MB');
    await expect(batch([1, 2])).resolves.toMatchObject({ FailedPutCount: 0, RequestResponses: [{}, {}] });
  });

  test('a stream that does not exist is named', async () => {
    await expect(put('x')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Firehose ${DeliveryStreamName} under account 123456789012 not found.`,
    });
  });
});

describe('streams', () => {
  test('are described, listed and deleted', async () => {
    await create({ CompressionFormat: 'GZIP', Prefix: 'a/' });

    const { DeliveryStreamDescription } = await client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
    const before = await client.send(new ListDeliveryStreamsCommand({ Limit: 100 }));
    await client.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName }));
    const after = await client.send(new ListDeliveryStreamsCommand({ Limit: 100 }));

    expect(DeliveryStreamDescription).toMatchObject({
      DeliveryStreamStatus: 'ACTIVE',
      Destinations: [
        {
          ExtendedS3DestinationDescription: {
            CompressionFormat: 'GZIP',
            Prefix: 'a/',
            BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
          },
        },
      ],
    });
    expect([before, after].map((list) => list.DeliveryStreamNames?.includes(DeliveryStreamName))).toEqual([
      true,
      false,
    ]);
  });

  test.each<[string, Partial<ExtendedS3DestinationConfiguration>]>([
    ['DynamicPartitioningConfiguration', { DynamicPartitioningConfiguration: { Enabled: true } }],
    ['processor Lambda', { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda' }] } }],
    ['CompressionFormat Snappy', { CompressionFormat: 'Snappy' }],
    ['the timestamp field w', { Prefix: '!{timestamp:w}/', ErrorOutputPrefix: 'e/' }],
    ['!{partitionKeyFromQuery:a}', { Prefix: '!{partitionKeyFromQuery:a}/', ErrorOutputPrefix: 'e/' }],
  ])('%s is refused by name', async (name, configuration) => {
    await expect(create(configuration)).rejects.toThrow(`The sandbox does not emulate ${name}`);
  });

  test('a prefix with expressions needs an error prefix, which needs the type of error', async () => {
    const Prefix = '!{timestamp:yyyy}/';

    await expect(create({ Prefix })).rejects.toThrow("ErrorOutputPrefix can't be null");
    await expect(create({ Prefix, ErrorOutputPrefix: '!{timestamp:yyyy}/' })).rejects.toThrow('error-output-type');
  });
});

test('a template creates a stream of direct puts, and no other', async () => {
  const provider = lone.service.resources['AWS::KinesisFirehose::DeliveryStream']!;
  const request = (properties: Record<string, unknown>) => ({
    logicalId: 'ArchiveStream',
    stackName: 'ingestion-dev',
    properties: { ExtendedS3DestinationConfiguration: destination({}), ...properties },
    artifact: () => Promise.reject(new Error('no artifact')),
  });

  const created = await provider.create(
    request({
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
    }),
  );

  expect(created.ref).toMatch(/^ingestion-dev-ArchiveStream-\w{12}$/);
  expect(created.attributes?.Arn).toBe(`arn:aws:firehose:us-east-1:123456789012:deliverystream/${created.ref}`);
  await expect(provider.create(request({ DeliveryStreamType: 'KinesisStreamAsSource' }))).rejects.toThrow(
    'The sandbox does not emulate DeliveryStreamType KinesisStreamAsSource.',
  );
  await expect(provider.create(request({ KinesisStreamSourceConfiguration: {} }))).rejects.toThrow(
    'KinesisStreamSourceConfiguration',
  );
});

test('creating a stream needs the right to pass its role', () => {
  const body = Buffer.from(
    JSON.stringify({ DeliveryStreamName: 'a', ExtendedS3DestinationConfiguration: destination({}) }),
  );
  const headers = { 'x-amz-target': 'Firehose_20150804.CreateDeliveryStream' };

  expect(lone.service.describe({ method: 'POST', url: '/', headers, body }).permissions).toEqual([
    { action: 'firehose:CreateDeliveryStream', resource: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/a' },
    { action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': 'firehose.amazonaws.com' } },
  ]);
});

function destination(settings: Partial<ExtendedS3DestinationConfiguration>): ExtendedS3DestinationConfiguration {
  return {
    RoleARN: ROLE,
    BucketARN: 'arn:aws:s3:::archive',
    BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
    ...settings,
  };
}

function create(settings: Partial<ExtendedS3DestinationConfiguration>) {
  const ExtendedS3DestinationConfiguration = destination(settings);
  return client.send(new CreateDeliveryStreamCommand({ DeliveryStreamName, ExtendedS3DestinationConfiguration }));
}

function put(text: string) {
  return client.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from(text) } }));
}
