import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import type { StreamSourcePeer } from '../kinesis/kinesis-peer.ts';
import { createDynamoDb } from './index.ts';

const HOUR = 3_600_000;
const clock = new VirtualClock(Date.UTC(2026, 0, 1));
let lone: LoneService<StreamSourcePeer>;
let client: DynamoDBClient;
let tableCount = 0;
let TableName = '';

beforeAll(async () => {
  lone = await startLoneService(createDynamoDb, { clock });
  client = new DynamoDBClient(lone.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await lone.stop();
});
beforeEach(async () => {
  tableCount += 1;
  TableName = `audit-${tableCount}`;
  await client.send(new CreateTableCommand(tableInput(TableName)));
});

describe('items', () => {
  test('an update creates, adds and appends, and the index follows', async () => {
    const update = () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: key('r-1', 'INVOCATION'),
          UpdateExpression:
            'SET #s = if_not_exists(#s, :stream), logLines = list_append(if_not_exists(logLines, :none), :line) ADD attempts :one',
          ExpressionAttributeNames: { '#s': 'stream' },
          ExpressionAttributeValues: {
            ':stream': { S: 'stream-a' },
            ':none': { L: [] },
            ':line': { L: [{ S: 'START' }] },
            ':one': { N: '1' },
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
    await update();
    const { Attributes } = await update();

    const found = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-stream',
        KeyConditionExpression: '#s = :s AND begins_with(sk, :prefix)',
        ExpressionAttributeNames: { '#s': 'stream' },
        ExpressionAttributeValues: { ':s': { S: 'stream-a' }, ':prefix': { S: 'INV' } },
      }),
    );

    expect(Attributes).toMatchObject({ attempts: { N: '2' }, logLines: { L: [{ S: 'START' }, { S: 'START' }] } });
    expect(found.Items).toEqual([Attributes]);
  });

  test('a refused condition returns the item that refused it', async () => {
    await put('r-1', 'INVOCATION', { status: { S: 'success' } });

    const refused = await client
      .send(
        new PutItemCommand({
          TableName,
          Item: key('r-1', 'INVOCATION'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      )
      .catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
    expect((refused as ConditionalCheckFailedException).Item?.status).toEqual({ S: 'success' });
  });

  test('a query pages in key order, forwards and backwards', async () => {
    const requests = [5, 3, 1, 4, 2].map((n) => ({ PutRequest: { Item: key('r-1', `MESSAGE#${n}`) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'r-1' } },
    };

    const first = await client.send(new QueryCommand({ ...query, Limit: 2 }));
    const rest = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
    const newest = await client.send(new QueryCommand({ ...query, Limit: 1, ScanIndexForward: false }));
    const scanned = await client.send(
      new ScanCommand({
        TableName,
        FilterExpression: 'sk > :from',
        ExpressionAttributeValues: { ':from': { S: 'MESSAGE#3' } },
      }),
    );

    expect([...(first.Items ?? []), ...(rest.Items ?? [])].map((item) => item.sk?.S)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `MESSAGE#${n}`),
    );
    expect(newest.Items?.[0]?.sk?.S).toBe('MESSAGE#5');
    expect(scanned).toMatchObject({ Count: 2, ScannedCount: 5 });
  });

  test('an item over 400 KB is refused', async () => {
    const tooLarge = put('r-1', 'BIG', { text: { S: 'x'.repeat(410_000) } });

    await expect(tooLarge).rejects.toThrow('Item size has exceeded the maximum allowed size');
  });

  test('a table that does not exist is named', async () => {
    const lookup = client.send(new DescribeTableCommand({ TableName: 'nowhere' }));

    await expect(lookup).rejects.toThrow('Requested resource not found: Table: nowhere not found');
  });

  test('the consumed capacity is told when asked for', async () => {
    const written = await client.send(
      new PutItemCommand({
        TableName,
        Item: { ...key('r-1', 'A'), text: { S: 'x'.repeat(1500) } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );

    expect(written.ConsumedCapacity).toMatchObject({ TableName, CapacityUnits: 2 });
  });
});

describe('transactions', () => {
  test('all writes happen, or none and each says why', async () => {
    await put('r-1', 'EXISTS', { owner: { S: 'first' } });
    const transaction = (condition: string) =>
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: key('r-1', 'NEW') } },
            {
              Update: {
                TableName,
                Key: key('r-1', 'EXISTS'),
                UpdateExpression: 'SET #o = :o',
                ConditionExpression: condition,
                ExpressionAttributeNames: { '#o': 'owner' },
                ExpressionAttributeValues: { ':o': { S: 'second' } },
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              },
            },
          ],
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );

    const refused = await transaction('attribute_not_exists(#o)').catch((error: unknown) => error);
    const afterRefusal = await get('r-1', 'NEW');
    const accepted = await transaction('attribute_exists(#o)');
    const read = await client.send(
      new TransactGetItemsCommand({
        TransactItems: [
          { Get: { TableName, Key: key('r-1', 'NEW') } },
          { Get: { TableName, Key: key('r-1', 'EXISTS') } },
        ],
      }),
    );

    expect(refused).toBeInstanceOf(TransactionCanceledException);
    expect((refused as TransactionCanceledException).CancellationReasons).toMatchObject([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { owner: { S: 'first' } } },
    ]);
    expect(afterRefusal).toBeUndefined();
    expect(accepted.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4 }]);
    expect(read.Responses?.map((response) => response.Item?.owner?.S)).toEqual([undefined, 'second']);
  });

  test('the same token twice writes once, another request under it is refused', async () => {
    const add = (amount: string) =>
      client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: `token-${TableName}`,
          TransactItems: [
            {
              Update: {
                TableName,
                Key: key('r-1', 'COUNTER'),
                UpdateExpression: 'ADD n :n',
                ExpressionAttributeValues: { ':n': { N: amount } },
              },
            },
          ],
        }),
      );

    await add('1');
    await add('1');
    const other = add('2');

    await expect(other).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    expect((await get('r-1', 'COUNTER'))?.n).toEqual({ N: '1' });
  });

  test('a failed condition check cancels, two actions on one item are refused', async () => {
    const check = { TableName, Key: key('r-1', 'ABSENT'), ConditionExpression: 'attribute_exists(pk)' };
    const Put = { TableName, Item: key('r-1', 'NEW') };

    const cancelled = client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: check }, { Put }] }),
    );
    const doubled = client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Put }] }));

    await expect(cancelled).rejects.toThrow('[ConditionalCheckFailed, None]');
    await expect(doubled).rejects.toThrow('cannot include multiple operations on one item');
    expect(await get('r-1', 'NEW')).toBeUndefined();
  });
});

describe('tables', () => {
  test('time to live deletes an expired item and its index entry by the injected clock', async () => {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      }),
    );
    const expiresAt = (ms: number) => ({ expiresAt: { N: String((clock.now() + ms) / 1000) }, stream: { S: 's' } });
    await put('soon', 'A', expiresAt(2 * HOUR));
    await put('later', 'A', expiresAt(5 * HOUR));
    await put('never', 'A', { stream: { S: 's' } });

    await clock.advance(3 * HOUR);
    const remaining = await client.send(new ScanCommand({ TableName, IndexName: 'by-stream' }));
    await clock.advance(3 * HOUR);
    const last = await client.send(new ScanCommand({ TableName }));

    expect(remaining.Items?.map((item) => item.pk?.S).sort()).toEqual(['later', 'never']);
    expect(last.Items?.map((item) => item.pk?.S)).toEqual(['never']);
  });

  test('a table is described with its indexes, counts, tags and recovery', async () => {
    await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 5 }, { TableName });
    await put('r-1', 'A', { stream: { S: 's' } });

    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
    const backups = await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );

    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: `arn:aws:dynamodb:us-east-1:123456789012:table/${TableName}`,
      ItemCount: 1,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'by-stream', IndexStatus: 'ACTIVE', ItemCount: 1 }],
    });
    expect(Table?.CreationDateTime?.getTime()).toBe(clock.now());
    expect(Tags).toEqual([{ Key: 'service', Value: 'ingestion' }]);
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe(
      'ENABLED',
    );
  });

  test('a deleted table forgets its items', async () => {
    await put('r-1', 'A');

    await client.send(new DeleteTableCommand({ TableName }));
    await client.send(new CreateTableCommand(tableInput(TableName)));

    expect(await get('r-1', 'A')).toBeUndefined();
  });

  test('what is not emulated is refused by name', async () => {
    const governed = client.send(new CreateTableCommand({ ...tableInput('governed'), ResourcePolicy: '{}' }));
    const streamed = client.send(
      new CreateTableCommand({ ...tableInput('streamed'), StreamSpecification: { StreamEnabled: true } }),
    );

    await expect(governed).rejects.toThrow('The sandbox does not emulate CreateTable ResourcePolicy.');
    await expect(streamed).rejects.toThrow('StreamViewType must be one of');
    await expect(client.send(new DescribeTableCommand({ TableName: 'streamed' }))).rejects.toThrow('not found');
  });
});

test('throughput is changed by UpdateTable, and shown by DescribeTable', async () => {
  await client.send(
    new UpdateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      OnDemandThroughput: { MaxWriteRequestUnits: 500 },
      WarmThroughput: { ReadUnitsPerSecond: 20_000 },
    }),
  );

  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    OnDemandThroughput: { MaxWriteRequestUnits: 500 },
    WarmThroughput: { ReadUnitsPerSecond: 20_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' },
  });
  const other = new UpdateTableCommand({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' });
  await expect(client.send(other)).rejects.toThrow('does not emulate UpdateTable TableClass');
});

describe('the CloudFormation table', () => {
  const provider = () => lone.service.resources['AWS::DynamoDB::Table']!;
  const request = (properties: Record<string, unknown>) => ({
    logicalId: 'AuditTable',
    stackName: 'ingestion-dev',
    properties: { ...tableInput('templated'), ...properties },
    artifact: () => Promise.reject(new Error('no artifact')),
  });

  test('gives its name and ARN, with expiry and recovery as templated', async () => {
    const created = await provider().create(
      request({
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: 'true' },
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName: created.ref }));

    expect(created).toEqual({
      ref: 'templated',
      attributes: { Arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/templated' },
    });
    expect(Table?.SSEDescription?.Status).toBe('ENABLED');
    await provider().delete?.(created, request({}));
    await expect(client.send(new DescribeTableCommand({ TableName: 'templated' }))).rejects.toThrow('not found');
  });

  test('refuses a property that it does not know', async () => {
    const create = provider().create(request({ KinesisStreamSpecification: { StreamArn: 'arn' } }));

    await expect(create).rejects.toThrow(
      'The sandbox does not emulate AWS::DynamoDB::Table KinesisStreamSpecification.',
    );
  });
});

describe('permissions', () => {
  const describeCall = (operation: string, input: unknown) =>
    lone.service.describe({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
    }).permissions;
  const arn = () => `arn:aws:dynamodb:us-east-1:123456789012:table/${TableName}`;

  test('an item is judged with its leading key, an index on its own ARN', () => {
    expect(describeCall('GetItem', { TableName, Key: key('r-1', 'A') })).toEqual([
      { action: 'dynamodb:GetItem', resource: arn(), context: { 'dynamodb:LeadingKeys': 'r-1' } },
    ]);
    expect(describeCall('Query', { TableName: arn(), IndexName: 'by-stream' })).toEqual([
      { action: 'dynamodb:Query', resource: `${arn()}/index/by-stream` },
    ]);
  });

  test('a transaction needs the permission of each of its actions', () => {
    const TransactItems = [
      { Put: { TableName, Item: key('r', 'A') } },
      { ConditionCheck: { TableName, Key: key('r', 'B') } },
    ];

    expect(describeCall('TransactWriteItems', { TransactItems })).toEqual([
      { action: 'dynamodb:PutItem', resource: arn() },
      { action: 'dynamodb:ConditionCheckItem', resource: arn() },
    ]);
  });
});

function tableInput(name: string) {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: ['pk', 'sk', 'stream'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S' as const,
    })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-stream',
        KeySchema: [
          { AttributeName: 'stream', KeyType: 'HASH' as const },
          { AttributeName: 'sk', KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'ALL' as const },
      },
    ],
    Tags: [{ Key: 'service', Value: 'ingestion' }],
  };
}

function key(pk: string, sk: string) {
  return { pk: { S: pk }, sk: { S: sk } };
}

function put(pk: string, sk: string, attributes: Record<string, { S: string } | { N: string }> = {}) {
  return client.send(new PutItemCommand({ TableName, Item: { ...key(pk, sk), ...attributes } }));
}

async function get(pk: string, sk: string) {
  return (await client.send(new GetItemCommand({ TableName, Key: key(pk, sk), ConsistentRead: true }))).Item;
}
