import { describe, expect, test } from '@jest/globals';
import { startGate } from '../testing/gate.ts';
import { SOURCE, START, STREAM, StreamSuite } from '../testing/stream-suite.ts';

const suite = new StreamSuite();
const { deploy, map, put, batches } = suite;

describe('a stream’s mapping', () => {
  test('sends records in order, at most BatchSize together', async () => {
    await deploy('fine');
    await map({ BatchSize: 2 });

    await put(['a', 'b', 'c']);

    expect(batches()).toEqual(['a,b', 'c']);
  });

  test('builds the event as AWS does', async () => {
    await suite.lambda.deploy('reader', 'export const handler = async (event) => console.log(JSON.stringify(event));');
    await map();

    await put(['light']);

    const event = suite.lambda.messages('reader').flatMap((message) => /\tINFO\t(\{.*)\n/.exec(message)?.[1] ?? [])[0];
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
    await suite.lambda.deploy('later', SOURCE);
    await put(['early']);
    await map({ StartingPosition: 'LATEST' });
    await suite.lambda.clock.advance(60_000);
    await map({
      FunctionName: 'later',
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: START / 1_000 + 30,
    });

    await put(['late']);

    expect(batches()).toEqual(['late']);
    expect(suite.lambda.messages('later').filter((message) => message.includes('BATCH early'))).toEqual([]);
    expect(suite.lambda.messages('later').filter((message) => message.includes('BATCH late'))).toHaveLength(1);
  });

  test('waits for the batching window, or until the batch is full', async () => {
    await deploy('fine');
    await map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 10 });

    await put(['a']);
    await suite.lambda.clock.advance(5_000);
    await put(['b']);
    await suite.lambda.clock.advance(4_999);
    expect(batches()).toEqual([]);
    await suite.lambda.clock.advance(1);
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
    await suite.lambda.client.send(new UpdateEventSourceMappingCommand({ UUID: ref, Enabled: false }));
    await put(['b']);
    expect(batches()).toEqual(['a']);

    await suite.lambda.client.send(new UpdateEventSourceMappingCommand({ UUID: ref, Enabled: true }));
    await suite.lambda.idle();

    expect(batches()).toEqual(['a', 'b']);
  });

  test('reports the age of its last record', async () => {
    await deploy('fine');
    await put(['old']);
    await suite.lambda.clock.advance(90_000);

    await map();
    await suite.lambda.idle();

    const ages = suite.lambda.fake.metrics.filter(({ name }) => name === 'IteratorAge').map(({ value }) => value);
    expect(new Set(ages)).toEqual(new Set([90_000]));
  });

  test.each([
    [['kinesis:GetRecords']],
    [['kinesis:GetShardIterator']],
    [['kinesis:ListShards', 'kinesis:DescribeStream']],
    [['kinesis:DescribeStreamSummary', 'kinesis:DescribeStream']],
  ])('is refused where the function’s role lacks %j', async (actions) => {
    suite.denied = actions;
    await deploy('fine');

    await expect(map()).rejects.toThrow('Cannot access stream');
  });

  test.each(['kinesis:DescribeStream', 'kinesis:ListShards'])('reads by a role that lacks %s alone', async (action) => {
    suite.denied = [action];
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

describe('ParallelizationFactor', () => {
  test('runs batches of different partition keys at the same time, those of one key in order', async () => {
    const gate = await startGate();
    await suite.lambda.deploy(
      'reader',
      `export const handler = async ({ Records }) => {
        await fetch(process.env.GATE);
        console.log('BATCH ' + Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64')).join(','));
      };`,
      { Environment: { Variables: { GATE: gate.url } }, Timeout: 60 },
    );
    await map({ ParallelizationFactor: 2, BatchSize: 1 });

    // The two keys hash into different lanes.
    suite.stream.put('shardId-000000000000', [
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
    await suite.lambda.idle();

    expect(batches().filter((batch) => batch.startsWith('a'))).toEqual(['a1', 'a2']);
    expect(batches()).toContain('b1');
    await gate.close();
  });

  test('is changed while it reads: what was shared out is done first, in order', async () => {
    const gate = await startGate();
    await suite.lambda.deploy(
      'reader',
      `export const handler = async ({ Records }) => {
        await fetch(process.env.GATE);
        console.log('BATCH ' + Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64')).join(','));
      };`,
      { Environment: { Variables: { GATE: gate.url } }, Timeout: 60 },
    );
    const { ref: UUID } = await map({ ParallelizationFactor: 1, BatchSize: 1 });
    const put = (...data: string[]) =>
      suite.stream.put(
        'shardId-000000000000',
        data.map((text) => ({ partitionKey: text.slice(0, 1), data: text })),
      );
    put('a1', 'b1');
    await gate.arrival();

    const { UpdateEventSourceMappingCommand } = await import('@aws-sdk/client-lambda');
    await suite.lambda.client.send(new UpdateEventSourceMappingCommand({ UUID, ParallelizationFactor: 2 }));
    put('a2', 'b2');
    gate.open();
    await gate.arrival();
    gate.open();
    // Both lanes at once from here on.
    await gate.arrival();
    await gate.arrival();
    expect(batches()).toEqual(['a1', 'b1']);
    gate.open();
    await suite.lambda.idle();

    expect(batches().slice(2).sort()).toEqual(['a2', 'b2']);
    await gate.close();
  });
});
