import {
  CreateStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  StartStreamEncryptionCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createKinesis } from './index.ts';
import type { KinesisPeer } from './kinesis-peer.ts';

const HOUR = 3_600_000;
const clock = new VirtualClock(Date.UTC(2026, 0, 1));
let lone: LoneService<KinesisPeer>;
let client: KinesisClient;

beforeAll(async () => {
  lone = await startLoneService(createKinesis, { clock });
  client = new KinesisClient(lone.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await lone.stop();
});

test('a key always goes to the shard of its MD5, and an explicit hash key to its own', async () => {
  const stream = await createStream('routing', 4);
  const put = (PartitionKey: string, ExplicitHashKey?: string) =>
    client.send(new PutRecordCommand({ ...stream, PartitionKey, ExplicitHashKey, Data: Buffer.from('x') }));

  const [first, again, explicit] = [
    await put('a'),
    await put('a'),
    await put('a', '340282366920938463463374607431768211455'),
  ];

  // MD5('a') = 0cc175b9..., in the first quarter of the hash space.
  expect([first.ShardId, again.ShardId]).toEqual(['shardId-000000000000', 'shardId-000000000000']);
  expect(explicit.ShardId).toBe('shardId-000000000003');
});

test('sequence numbers have 56 digits and grow with each write', async () => {
  const stream = await createStream('sequence', 1);

  const { Records } = await client.send(new PutRecordsCommand({ ...stream, Records: entries(50) }));
  const numbers = (Records ?? []).map((record) => record.SequenceNumber ?? '');

  expect(numbers.every((number) => /^\d{56}$/.test(number))).toBe(true);
  expect(numbers).toEqual([...new Set(numbers)].sort());
});

describe('iterators', () => {
  test('each type starts where it says', async () => {
    const stream = await createStream('iterators', 1);
    const { Records } = await client.send(new PutRecordsCommand({ ...stream, Records: entries(2) }));
    await clock.advance(1000);
    const between = new Date(clock.now());
    await client.send(new PutRecordsCommand({ ...stream, Records: entries(1, 2) }));
    const StartingSequenceNumber = Records?.[1]?.SequenceNumber;

    const read = async (request: object) => (await getRecords(stream, request)).texts;
    const latest = await iterator(stream, { ShardIteratorType: 'LATEST' });
    await client.send(new PutRecordsCommand({ ...stream, Records: entries(1, 3) }));

    expect(await read({ ShardIteratorType: 'TRIM_HORIZON' })).toEqual(['0', '1', '2', '3']);
    expect(await read({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['1', '2', '3']);
    expect(await read({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['2', '3']);
    expect(await read({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: between })).toEqual(['2', '3']);
    expect((await client.send(new GetRecordsCommand({ ShardIterator: latest }))).Records).toHaveLength(1);
  });

  test('the next one goes on, and tells how far behind the reader is', async () => {
    const stream = await createStream('paging', 1);
    await client.send(new PutRecordsCommand({ ...stream, Records: entries(3) }));
    await clock.advance(5000);
    const start = await iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' });

    const first = await client.send(new GetRecordsCommand({ ShardIterator: start, Limit: 2 }));
    const second = await client.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator }));
    const third = await client.send(new GetRecordsCommand({ ShardIterator: second.NextShardIterator }));

    expect([first.MillisBehindLatest, second.MillisBehindLatest]).toEqual([5000, 0]);
    expect([first, second, third].map((answer) => answer.Records?.length)).toEqual([2, 1, 0]);
    expect(first.Records?.[0]?.ApproximateArrivalTimestamp?.getTime()).toBe(clock.now() - 5000);
  });

  test('one expires after five minutes of the injected clock', async () => {
    const stream = await createStream('expiry', 1);
    const ShardIterator = await iterator(stream, { ShardIteratorType: 'LATEST' });
    await clock.advance(300_001);

    const read = client.send(new GetRecordsCommand({ ShardIterator }));

    await expect(read).rejects.toBeInstanceOf(ExpiredIteratorException);
  });

  test('text that is none is refused', async () => {
    const read = client.send(new GetRecordsCommand({ ShardIterator: 'bm9uc2Vuc2U=' }));

    await expect(read).rejects.toMatchObject({ name: 'InvalidArgumentException', message: 'Invalid ShardIterator.' });
  });
});

test('records leave after the retention, which can be raised', async () => {
  const short = await createStream('short', 1);
  const long = await createStream('long', 1);
  await client.send(new IncreaseStreamRetentionPeriodCommand({ ...long, RetentionPeriodHours: 48 }));
  for (const stream of [short, long]) await client.send(new PutRecordsCommand({ ...stream, Records: entries(2) }));

  await clock.advance(25 * HOUR);
  await client.send(new PutRecordsCommand({ ...short, Records: entries(1, 2) }));

  expect((await getRecords(short, { ShardIteratorType: 'TRIM_HORIZON' })).texts).toEqual(['2']);
  expect((await getRecords(long, { ShardIteratorType: 'TRIM_HORIZON' })).texts).toEqual(['0', '1']);
});

describe('limits', () => {
  test('501 records, a record over 1 MiB and an empty key are refused', async () => {
    const stream = await createStream('limits', 1);
    const put = (Data: Buffer, PartitionKey: string) =>
      client.send(new PutRecordCommand({ ...stream, Data, PartitionKey }));

    const many = client.send(new PutRecordsCommand({ ...stream, Records: entries(501) }));
    const large = put(Buffer.alloc(1024 * 1024 + 1), 'k');
    const keyless = put(Buffer.from('x'), '');

    await expect(many).rejects.toThrow(
      "at 'records' failed to satisfy constraint: Member must have length less than or equal to 500",
    );
    await expect(large).rejects.toThrow(
      "at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    );
    await expect(keyless).rejects.toThrow("at 'partitionKey'");
    await expect(put(Buffer.alloc(1024 * 1024), 'k')).resolves.toHaveProperty('SequenceNumber');
  });

  test('a stream that does not exist is named', async () => {
    const put = client.send(new PutRecordCommand({ StreamName: 'nowhere', PartitionKey: 'k', Data: Buffer.from('x') }));

    await expect(put).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Stream nowhere under account 123456789012 not found.',
    });
  });
});

test('an on-demand stream has four shards that cover the hash space, listed page by page', async () => {
  const StreamARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/on-demand';
  await client.send(
    new CreateStreamCommand({
      StreamName: 'on-demand',
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      Tags: { owner: 'us' },
    }),
  );
  await client.send(new StartStreamEncryptionCommand({ StreamARN, EncryptionType: 'KMS', KeyId: 'alias/lamplighter' }));

  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamARN, Limit: 3 }));
  const summary = await client.send(new DescribeStreamSummaryCommand({ StreamARN }));
  const page = await client.send(new ListShardsCommand({ StreamARN, MaxResults: 3 }));
  const rest = await client.send(new ListShardsCommand({ NextToken: page.NextToken }));
  const tags = await client.send(new ListTagsForStreamCommand({ StreamARN }));
  const streams = await client.send(new ListStreamsCommand({ ExclusiveStartStreamName: 'on', Limit: 1 }));

  expect(StreamDescription).toMatchObject({ StreamStatus: 'ACTIVE', HasMoreShards: true, EncryptionType: 'KMS' });
  expect(summary.StreamDescriptionSummary).toMatchObject({ OpenShardCount: 4, RetentionPeriodHours: 24 });
  expect(page.Shards?.[0]?.HashKeyRange?.StartingHashKey).toBe('0');
  expect(rest.Shards?.map((shard) => shard.HashKeyRange?.EndingHashKey)).toEqual([String(2n ** 128n - 1n)]);
  expect(tags.Tags).toEqual([{ Key: 'owner', Value: 'us' }]);
  expect(streams.StreamNames).toEqual(['on-demand']);
});

test('a peer writes, hears of writes and reads on after a sequence number', async () => {
  const { StreamName } = await createStream('peers', 1);
  const arn = `arn:aws:kinesis:us-east-1:123456789012:stream/${StreamName}`;
  let writes = 0;
  const stopListening = lone.peer.onWrite(arn, () => {
    writes += 1;
  });

  const first = await lone.peer.putRecord(arn, Buffer.from('one'), 'k');
  await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('two') }));
  stopListening();
  await lone.peer.putRecord(arn, Buffer.from('three'), 'k');
  const read = await lone.peer.read(arn, first.shardId, first.sequenceNumber, 1);

  expect(writes).toBe(2);
  expect(await lone.peer.shards(arn)).toEqual([first.shardId]);
  expect(read.map((record) => record.data.toString())).toEqual(['two']);
});

describe('a resharding', () => {
  const update = (StreamName: string, TargetShardCount: number) =>
    client.send(new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }));

  test('closes shards and opens others with their keys; what is in the old ones can still be read', async () => {
    const { StreamName } = await createStream('resharded', 2);
    const before = await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'a', Data: Buffer.from('old') }));

    expect(await update(StreamName, 4)).toMatchObject({ CurrentShardCount: 2, TargetShardCount: 4 });

    const after = await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'a', Data: Buffer.from('new') }));
    expect([before.ShardId, after.ShardId]).toEqual(['shardId-000000000000', 'shardId-000000000002']);
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
    expect(
      Shards.map(({ ParentShardId, SequenceNumberRange }) => [
        ParentShardId,
        SequenceNumberRange?.EndingSequenceNumber !== undefined,
      ]),
    ).toEqual([
      [undefined, true],
      [undefined, true],
      ['shardId-000000000000', false],
      ['shardId-000000000000', false],
      ['shardId-000000000001', false],
      ['shardId-000000000001', false],
    ]);
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamName, ShardId: before.ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const read = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(read.Records?.map(({ Data }) => Buffer.from(Data!).toString())).toEqual(['old']);
    expect(read.NextShardIterator).toBeUndefined();
    expect(read.ChildShards?.map(({ ShardId }) => ShardId)).toEqual(['shardId-000000000002', 'shardId-000000000003']);
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(StreamDescriptionSummary?.OpenShardCount).toBe(4);
  });

  test('merges', async () => {
    const { StreamName } = await createStream('merged', 4);
    await update(StreamName, 2);

    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
    expect(Shards.slice(4)).toMatchObject([
      { ParentShardId: 'shardId-000000000000', AdjacentParentShardId: 'shardId-000000000001' },
      { ParentShardId: 'shardId-000000000002', AdjacentParentShardId: 'shardId-000000000003' },
    ]);
  });

  test('is limited in size, and to ten a day', async () => {
    const { StreamName } = await createStream('limited', 2);
    await expect(update(StreamName, 5)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    for (let times = 0; times < 10; times += 1) await update(StreamName, times % 2 === 0 ? 4 : 2);
    await expect(update(StreamName, 4)).rejects.toMatchObject({ name: 'LimitExceededException' });

    await clock.advance(24 * HOUR);

    expect(await update(StreamName, 4)).toMatchObject({ CurrentShardCount: 2 });
  });

  test('is not for streams on demand, whose mode changes twice a day', async () => {
    const { StreamName } = await createStream('moded', 1);
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    const StreamARN = StreamDescriptionSummary?.StreamARN;
    const setMode = (StreamMode: 'ON_DEMAND' | 'PROVISIONED') =>
      client.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode } }));
    await setMode('ON_DEMAND');

    await expect(update(StreamName, 2)).rejects.toThrow('ON_DEMAND');
    await setMode('PROVISIONED');

    await expect(setMode('ON_DEMAND')).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('the CloudFormation stream', () => {
  const provider = () => lone.service.resources['AWS::Kinesis::Stream']!;
  const request = (properties: Record<string, unknown>) => ({
    logicalId: 'TelemetryStream',
    stackName: 'ingestion-dev',
    properties,
    artifact: () => Promise.reject(new Error('no artifact')),
  });

  test('is created as templated and found by its ARN', async () => {
    const created = await provider().create(
      request({ Name: 'telemetry', StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: '72' }),
    );
    const summary = await client.send(new DescribeStreamSummaryCommand({ StreamARN: created.attributes?.Arn }));

    expect(created.ref).toBe('telemetry');
    expect(summary.StreamDescriptionSummary).toMatchObject({ RetentionPeriodHours: 72, OpenShardCount: 4 });
  });

  test('refuses a property that it does not know', async () => {
    const create = provider().create(request({ DesiredShardLevelMetrics: ['ALL'] }));

    await expect(create).rejects.toThrow('The sandbox does not emulate AWS::Kinesis::Stream DesiredShardLevelMetrics.');
  });
});

test('reading is judged on the stream that the iterator names', async () => {
  const stream = await createStream('judged', 1);
  const ShardIterator = await iterator(stream, { ShardIteratorType: 'LATEST' });

  const call = lone.service.describe({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': 'Kinesis_20131202.GetRecords' },
    body: Buffer.from(JSON.stringify({ ShardIterator })),
  });

  expect(call.permissions).toEqual([
    { action: 'kinesis:GetRecords', resource: 'arn:aws:kinesis:us-east-1:123456789012:stream/judged' },
  ]);
});

async function createStream(StreamName: string, ShardCount: number) {
  await client.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return { StreamName };
}

function entries(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => ({ PartitionKey: 'k', Data: Buffer.from(String(from + index)) }));
}

async function iterator(stream: { StreamName: string }, request: object): Promise<string> {
  const input = { ShardId: 'shardId-000000000000', ...stream, ...request } as never;
  return (await client.send(new GetShardIteratorCommand(input))).ShardIterator ?? '';
}

async function getRecords(stream: { StreamName: string }, request: object) {
  const answer = await client.send(new GetRecordsCommand({ ShardIterator: await iterator(stream, request) }));
  return { texts: (answer.Records ?? []).map((record) => Buffer.from(record.Data ?? []).toString()) };
}
