import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type StreamViewType,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

import { KEYED_BY_ID } from '../testing/keyed-by-id.ts';

let started: TestSandbox;
let dynamodb: DynamoDBClient;
let streams: DynamoDBStreamsClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['s3', 'sqs', 'dynamodb', 'lambda', 'logs', 'cloudwatch', 'events'] });
  dynamodb = started.sandbox.client(DynamoDBClient);
  streams = started.sandbox.client(DynamoDBStreamsClient);
});
afterAll(() => started.stop());

async function createTable(TableName: string, viewType: StreamViewType = 'NEW_AND_OLD_IMAGES'): Promise<string> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: viewType };
  await dynamodb.send(new CreateTableCommand({ TableName, ...KEYED_BY_ID, StreamSpecification }));
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  return Table?.LatestStreamArn ?? '';
}

const put = (TableName: string, id: string, more = {}) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }));

async function iteratorOf(StreamArn: string, more: object = { ShardIteratorType: 'TRIM_HORIZON' }) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  return (await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...more } as never))).ShardIterator;
}

async function recordsOf(StreamArn: string, more?: object) {
  const { Records = [] } = await streams.send(
    new GetRecordsCommand({ ShardIterator: await iteratorOf(StreamArn, more) }),
  );
  return Records;
}

describe('a stream', () => {
  test('has what became of each item, and nothing of writes that changed nothing', async () => {
    const arn = await createTable('changes');
    await put('changes', 'a', { n: { N: '1' } });
    await put('changes', 'a', { n: { N: '1' } });
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: 'changes',
        Key: { id: { S: 'a' } },
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    await dynamodb.send(new DeleteItemCommand({ TableName: 'changes', Key: { id: { S: 'a' } } }));
    await dynamodb.send(new DeleteItemCommand({ TableName: 'changes', Key: { id: { S: 'nobody' } } }));

    const records = await recordsOf(arn);
    expect(
      records.map(({ eventName, dynamodb: change }) => [eventName, change?.OldImage?.n, change?.NewImage?.n]),
    ).toEqual([
      ['INSERT', undefined, { N: '1' }],
      ['MODIFY', { N: '1' }, { N: '2' }],
      ['REMOVE', { N: '2' }, undefined],
    ]);
    expect(records[0]).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: 'us-east-1',
      dynamodb: { Keys: { id: { S: 'a' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(records[0]?.dynamodb?.ApproximateCreationDateTime).toEqual(new Date(started.clock.now()));
  });

  test.each<[StreamViewType, string[]]>([
    ['KEYS_ONLY', []],
    ['NEW_IMAGE', ['NewImage']],
    ['OLD_IMAGE', ['OldImage']],
    ['NEW_AND_OLD_IMAGES', ['NewImage', 'OldImage']],
  ])('of view type %s has the images %j', async (viewType, images) => {
    const arn = await createTable(`view-${viewType}`, viewType);
    await put(`view-${viewType}`, 'a', { n: { N: '1' } });
    await put(`view-${viewType}`, 'a', { n: { N: '2' } });

    const change = (await recordsOf(arn)).at(-1)?.dynamodb ?? {};
    expect(Object.keys(change).filter((name) => name.endsWith('Image'))).toEqual(images);
  });

  test('is read on from any record, from the newest on, and by pages', async () => {
    const arn = await createTable('paged');
    for (const id of ['a', 'b', 'c']) await put('paged', id);
    const latest = await iteratorOf(arn, { ShardIteratorType: 'LATEST' });
    const [first, second] = await recordsOf(arn);
    const SequenceNumber = second?.dynamodb?.SequenceNumber;
    const ids = (records: Awaited<ReturnType<typeof recordsOf>>) => records.map((one) => one.dynamodb?.Keys?.id?.S);
    await put('paged', 'd');

    expect(first?.dynamodb?.SequenceNumber).toMatch(/^\d{21}$/);
    expect(ids(await recordsOf(arn, { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber }))).toEqual([
      'b',
      'c',
      'd',
    ]);
    expect(ids(await recordsOf(arn, { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber }))).toEqual([
      'c',
      'd',
    ]);
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator: latest }));
    expect(ids(Records)).toEqual(['d']);
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: await iteratorOf(arn), Limit: 3 }));
    const next = await streams.send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator }));
    expect([ids(page.Records ?? []), ids(next.Records ?? [])]).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('has nothing of a transaction that was cancelled', async () => {
    const arn = await createTable('transactions');
    const cancelled = dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'transactions', Item: { id: { S: 'a' } } } },
          { Put: { TableName: 'transactions', Item: { id: { S: 'b' } }, ConditionExpression: 'attribute_exists(id)' } },
        ],
      }),
    );

    await expect(cancelled).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(await recordsOf(arn)).toEqual([]);
  });

  test('forgets after a day, and ends when it is turned off', async () => {
    const arn = await createTable('ending');
    await put('ending', 'old');
    await started.clock.advance(24 * 3_600_000);
    await put('ending', 'new');
    await dynamodb.send(new UpdateTableCommand({ TableName: 'ending', StreamSpecification: { StreamEnabled: false } }));
    await put('ending', 'unheard');

    const { Records, NextShardIterator } = await streams.send(
      new GetRecordsCommand({ ShardIterator: await iteratorOf(arn) }),
    );
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'ending' }));
    expect(Records?.map((one) => one.dynamodb?.Keys?.id?.S)).toEqual(['new']);
    expect(NextShardIterator).toBeUndefined();
    expect(StreamDescription).toMatchObject({ StreamStatus: 'DISABLED', TableName: 'ending' });
    expect(Streams?.map(({ StreamArn }) => StreamArn)).toEqual([arn]);
  });
});
