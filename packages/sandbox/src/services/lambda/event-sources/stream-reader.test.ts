import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeQueues, type FakeStream, fakeBuckets, fakeQueues, fakeStream } from '../testing/fake-sources.ts';
import { startGate } from '../testing/gate.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:failed';
const START = Date.UTC(2026, 0, 1);

/** Logs the records of each batch; fails on `poison` as the environment says: by throwing, or by naming it. */
const SOURCE = `
const text = ({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString();
export const handler = async ({ Records }) => {
  console.log('BATCH ' + Records.map(text).join(','));
  const poison = Records.filter((record) => text(record).includes('poison'));
  if (poison.length && process.env.MODE === 'throw') throw new Error('poison');
  if (process.env.MODE === 'name') return { batchItemFailures: poison.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })) };
};`;

let lambda: LoneLambda;
let stream: FakeStream;
let queues: FakeQueues;
let buckets: ReturnType<typeof fakeBuckets>;
let denied: readonly string[];
let now: () => number;
beforeEach(async () => {
  denied = [];
  now = () => START;
  stream = fakeStream(['shardId-000000000000', 'shardId-000000000001'], () => now());
  queues = fakeQueues();
  buckets = fakeBuckets();
  lambda = await startLoneLambda({
    startMs: START,
    isAllowed: (action) => !denied.includes(action),
    others: { kinesis: stream.peer, sqs: queues.peer, s3: buckets.peer },
  });
  now = () => lambda.clock.now();
});
afterEach(() => lambda.stop());

const deploy = (mode: 'fine' | 'throw' | 'name') =>
  lambda.deploy('reader', SOURCE, { Environment: { Variables: { MODE: mode } } });
const map = (properties: Readonly<Record<string, unknown>> = {}) =>
  lambda.provide('AWS::Lambda::EventSourceMapping', {
    FunctionName: 'reader',
    EventSourceArn: STREAM,
    StartingPosition: 'TRIM_HORIZON',
    ...properties,
  });
const put = async (data: readonly string[], partitionKey = 'lamp', shard = 0) => {
  stream.put(
    `shardId-00000000000${shard}`,
    data.map((text) => ({ partitionKey, data: text })),
  );
  await lambda.idle();
};
const batches = () => lambda.messages('reader').flatMap((message) => /\tBATCH (.*)\n/.exec(message)?.[1] ?? []);

describe('a stream’s mapping', () => {
  test('sends records in order, at most BatchSize together', async () => {
    await deploy('fine');
    await map({ BatchSize: 2 });

    await put(['a', 'b', 'c']);

    expect(batches()).toEqual(['a,b', 'c']);
  });

  test('builds the event as AWS does', async () => {
    await lambda.deploy('reader', 'export const handler = async (event) => console.log(JSON.stringify(event));');
    await map();

    await put(['light']);

    const event = lambda.messages('reader').flatMap((message) => /\tINFO\t(\{.*)\n/.exec(message)?.[1] ?? [])[0];
    expect(JSON.parse(event ?? '')).toEqual({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'lamp',
            sequenceNumber: '00000001',
            data: Buffer.from('light').toString('base64'),
            approximateArrivalTimestamp: START / 1_000,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: 'shardId-000000000000:00000001',
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: 'arn:aws:iam::123456789012:role/function-role',
          awsRegion: 'us-east-1',
          eventSourceARN: STREAM,
        },
      ],
    });
  });

  test('from LATEST sees only what is written after it exists, from a timestamp only what arrived after that', async () => {
    await deploy('fine');
    await lambda.deploy('later', SOURCE);
    await put(['early']);
    await map({ StartingPosition: 'LATEST' });
    await lambda.clock.advance(60_000);
    await map({
      FunctionName: 'later',
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: START / 1_000 + 30,
    });

    await put(['late']);

    expect(batches()).toEqual(['late']);
    expect(lambda.messages('later').filter((message) => message.includes('BATCH early'))).toEqual([]);
    expect(lambda.messages('later').filter((message) => message.includes('BATCH late'))).toHaveLength(1);
  });

  test('waits for the batching window, or until the batch is full', async () => {
    await deploy('fine');
    await map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 10 });

    await put(['a']);
    await lambda.clock.advance(5_000);
    await put(['b']);
    await lambda.clock.advance(4_999);
    expect(batches()).toEqual([]);
    await lambda.clock.advance(1);
    expect(batches()).toEqual(['a,b']);
    await put(['c', 'd', 'e']);
    expect(batches()).toEqual(['a,b', 'c,d,e']);
  });

  test('passes only records that a filter matches', async () => {
    await deploy('fine');
    await map({ FilterCriteria: { Filters: [{ Pattern: '{"data":{"level":["ERROR"]}}' }] } });

    await put(['{"level":"INFO"}', '{"level":"ERROR"}', 'no json']);

    expect(batches()).toEqual(['{"level":"ERROR"}']);
  });

  test('reads nothing while it is disabled, and goes on where it stood', async () => {
    await deploy('fine');
    const { ref } = await map();
    await put(['a']);
    const { UpdateEventSourceMappingCommand } = await import('@aws-sdk/client-lambda');
    await lambda.client.send(new UpdateEventSourceMappingCommand({ UUID: ref, Enabled: false }));
    await put(['b']);
    expect(batches()).toEqual(['a']);

    await lambda.client.send(new UpdateEventSourceMappingCommand({ UUID: ref, Enabled: true }));
    await lambda.idle();

    expect(batches()).toEqual(['a', 'b']);
  });

  test('reports the age of its last record', async () => {
    await deploy('fine');
    await put(['old']);
    await lambda.clock.advance(90_000);

    await map();
    await lambda.idle();

    const ages = lambda.fake.metrics.filter(({ name }) => name === 'IteratorAge').map(({ value }) => value);
    expect(new Set(ages)).toEqual(new Set([90_000]));
  });

  test.each([
    [['kinesis:GetRecords']],
    [['kinesis:GetShardIterator']],
    [['kinesis:ListShards', 'kinesis:DescribeStream']],
    [['kinesis:DescribeStreamSummary', 'kinesis:DescribeStream']],
  ])('is refused where the function’s role lacks %j', async (actions) => {
    denied = actions;
    await deploy('fine');

    await expect(map()).rejects.toThrow('Cannot access stream');
  });

  test.each(['kinesis:DescribeStream', 'kinesis:ListShards'])('reads by a role that lacks %s alone', async (action) => {
    denied = [action];
    await deploy('fine');

    await expect(map()).resolves.toHaveProperty('ref');
  });

  test.each([
    ['TumblingWindowInSeconds', { TumblingWindowInSeconds: 30 }],
    ['ProvisionedPollerConfig', { ProvisionedPollerConfig: {} }],
    ['the event source', { EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1' }],
    ['startingPosition', { StartingPosition: 'NOWHERE' }],
    ['BatchSize', { BatchSize: 10_001 }],
    ['Invalid filter pattern', { FilterCriteria: { Filters: [{ Pattern: '{"a":1}' }] } }],
  ])('refuses by name: %s', async (name, properties) => {
    await deploy('fine');

    await expect(map(properties)).rejects.toThrow(name);
  });
});

describe('a batch that fails', () => {
  test('blocks its own shard only, and is retried whole with back-off', async () => {
    await deploy('throw');
    await map({ MaximumRetryAttempts: 2 });

    await put(['a', 'poison', 'b']);
    await put(['other'], 'key', 1);
    expect(batches()).toEqual(['a,poison,b', 'other']);
    await put(['c']);
    await lambda.clock.advance(1_000);
    expect(batches()).toEqual(['a,poison,b', 'other', 'a,poison,b']);

    await lambda.clock.advance(2_000);

    // Its attempts are used up: it is given up, and what came after it follows.
    expect(batches()).toEqual(['a,poison,b', 'other', 'a,poison,b', 'a,poison,b', 'c']);
  });

  test('is halved down to the poison, which costs no retry', async () => {
    await deploy('throw');
    await map({
      MaximumRetryAttempts: 0,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });

    await put(['a', 'b', 'poison', 'c']);

    expect(batches()).toEqual(['a,b,poison,c', 'a,b', 'poison,c', 'poison', 'c']);
    expect(queues.sent).toHaveLength(1);
  });

  test('resumes at the first record that the function names', async () => {
    await deploy('name');
    await map({ MaximumRetryAttempts: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });

    await put(['a', 'poison', 'b']);
    await lambda.clock.advance(1_000);

    expect(batches()).toEqual(['a,poison,b', 'poison,b']);
  });

  test('with bisect sets aside the named record alone', async () => {
    await deploy('name');
    await map({
      MaximumRetryAttempts: 0,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });

    await put(['a', 'poison', 'b', 'c']);
    await lambda.clock.advance(60_000);

    expect(batches()).toEqual(['a,poison,b,c', 'poison,b,c', 'poison,b', 'poison', 'b', 'c']);
    expect(queues.sent).toHaveLength(1);
  });

  test('leaves its metadata in a queue', async () => {
    await deploy('throw');
    await map({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await put(['a', 'poison']);
    await lambda.clock.advance(1_000);

    expect(JSON.parse(queues.sent[0]?.body ?? '')).toEqual({
      requestContext: {
        requestId: expect.any(String),
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:reader',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-01-01T00:00:01.000Z',
      KinesisBatchInfo: {
        shardId: 'shardId-000000000000',
        startSequenceNumber: '00000001',
        endSequenceNumber: '00000002',
        approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
        approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
        batchSize: 2,
        streamArn: STREAM,
      },
    });
  });

  test('leaves its records too where the destination is a bucket', async () => {
    await deploy('throw');
    const { ref } = await map({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::letters' } },
    });

    await put(['poison']);

    const [[key, body] = ['', '']] = [...buckets.objects];
    expect(key).toMatch(
      new RegExp(`^letters/aws/lambda/${ref}/shardId-000000000000/2026/01/01/2026-01-01T00\\.00\\.00-[0-9a-f-]{36}$`),
    );
    const { payload, KinesisBatchInfo } = JSON.parse(body);
    expect(KinesisBatchInfo.batchSize).toBe(1);
    expect(Buffer.from(JSON.parse(payload).Records[0].kinesis.data, 'base64').toString()).toBe('poison');
  });

  test('gives up records that grow too old', async () => {
    await deploy('throw');
    await map({ MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await put(['poison']);
    await lambda.clock.advance(120_000);

    expect(JSON.parse(queues.sent[0]?.body ?? '').requestContext).toMatchObject({ condition: 'RecordAgeExceeded' });
    expect(queues.sent).toHaveLength(1);
  });

  test('that was throttled uses up no attempt', async () => {
    await deploy('fine');
    const { PutFunctionConcurrencyCommand, DeleteFunctionConcurrencyCommand } = await import('@aws-sdk/client-lambda');
    await lambda.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'reader', ReservedConcurrentExecutions: 0 }),
    );
    await map({ MaximumRetryAttempts: 0 });
    await put(['a']);
    await lambda.clock.advance(10_000);
    expect(batches()).toEqual([]);

    await lambda.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'reader' }));
    await lambda.clock.advance(60_000);

    expect(batches()).toEqual(['a']);
  });
});

describe('ParallelizationFactor', () => {
  test('runs batches of different partition keys at the same time, those of one key in order', async () => {
    const gate = await startGate();
    await lambda.deploy(
      'reader',
      `export const handler = async ({ Records }) => {
        await fetch(process.env.GATE);
        console.log('BATCH ' + Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64')).join(','));
      };`,
      { Environment: { Variables: { GATE: gate.url } }, Timeout: 60 },
    );
    await map({ ParallelizationFactor: 2, BatchSize: 1 });

    // The two keys hash into different lanes.
    stream.put('shardId-000000000000', [
      { partitionKey: 'a', data: 'a1' },
      { partitionKey: 'b', data: 'b1' },
      { partitionKey: 'a', data: 'a2' },
    ]);
    await gate.arrival();
    await gate.arrival();
    expect(batches()).toEqual([]);
    gate.open();
    await gate.arrival();
    gate.open();
    await lambda.idle();

    expect(batches().filter((batch) => batch.startsWith('a'))).toEqual(['a1', 'a2']);
    expect(batches()).toContain('b1');
    await gate.close();
  });

  test('is changed while it reads: what was shared out is done first, in order', async () => {
    const gate = await startGate();
    await lambda.deploy(
      'reader',
      `export const handler = async ({ Records }) => {
        await fetch(process.env.GATE);
        console.log('BATCH ' + Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64')).join(','));
      };`,
      { Environment: { Variables: { GATE: gate.url } }, Timeout: 60 },
    );
    const { ref: UUID } = await map({ ParallelizationFactor: 1, BatchSize: 1 });
    const put = (...data: string[]) =>
      stream.put(
        'shardId-000000000000',
        data.map((text) => ({ partitionKey: text.slice(0, 1), data: text })),
      );
    put('a1', 'b1');
    await gate.arrival();

    const { UpdateEventSourceMappingCommand } = await import('@aws-sdk/client-lambda');
    await lambda.client.send(new UpdateEventSourceMappingCommand({ UUID, ParallelizationFactor: 2 }));
    put('a2', 'b2');
    gate.open();
    await gate.arrival();
    gate.open();
    // Both lanes at once from here on.
    await gate.arrival();
    await gate.arrival();
    expect(batches()).toEqual(['a1', 'b1']);
    gate.open();
    await lambda.idle();

    expect(batches().slice(2).sort()).toEqual(['a2', 'b2']);
    await gate.close();
  });
});
