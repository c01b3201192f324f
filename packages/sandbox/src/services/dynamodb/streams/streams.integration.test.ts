import { gzipSync } from 'node:zlib';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  ListImportsCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
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
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from '../../../cloudformation/stack.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let dynamodb: DynamoDBClient;
let streams: DynamoDBStreamsClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['s3', 'sqs', 'dynamodb', 'lambda', 'logs', 'cloudwatch', 'events'] });
  dynamodb = started.sandbox.client(DynamoDBClient);
  streams = started.sandbox.client(DynamoDBStreamsClient);
});
afterAll(() => started.stop());

const KEYS = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
};

async function createTable(TableName: string, viewType: StreamViewType = 'NEW_AND_OLD_IMAGES'): Promise<string> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: viewType };
  await dynamodb.send(new CreateTableCommand({ TableName, ...KEYS, StreamSpecification }));
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

const TRUST = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const READ = ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'];

/** Fails the records whose item is bad, and puts what it was told into its log. */
const TELL = `exports.handler = async (event) => {
  console.log('TOLD ' + JSON.stringify(event.Records.map((r) => [r.eventName, r.dynamodb.Keys.id.S, r.userIdentity, r.eventSourceARN])));
  const bad = event.Records.find((r) => r.dynamodb.NewImage?.bad);
  return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb.SequenceNumber }] : [] };
};`;

describe('a function', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await started.sandbox.deployTemplate({
      stackName: 'listening',
      template: {
        Resources: {
          Orders: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              ...KEYS,
              TableName: 'orders',
              TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
              StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
            },
          },
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [TRUST] },
              Policies: [
                {
                  PolicyName: 'read',
                  PolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [
                      { Effect: 'Allow', Action: READ, Resource: { 'Fn::GetAtt': ['Orders', 'StreamArn'] } },
                      { Effect: 'Allow', Action: ['logs:*', 'sqs:SendMessage'], Resource: '*' },
                    ],
                  },
                },
              ],
            },
          },
          Tell: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              FunctionName: 'tell',
              Runtime: 'nodejs24.x',
              Handler: 'index.handler',
              Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
              Code: { ZipFile: TELL },
            },
          },
          Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
          Mapping: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Properties: {
              FunctionName: { 'Fn::GetAtt': ['Tell', 'Arn'] },
              EventSourceArn: { 'Fn::GetAtt': ['Orders', 'StreamArn'] },
              StartingPosition: 'TRIM_HORIZON',
              BatchSize: 10,
              MaximumBatchingWindowInSeconds: 5,
              MaximumRetryAttempts: 1,
              FunctionResponseTypes: ['ReportBatchItemFailures'],
              DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
              FilterCriteria: {
                Filters: [{ Pattern: JSON.stringify({ dynamodb: { Keys: { id: { S: [{ prefix: 'o-' }] } } } }) }],
              },
            },
          },
        },
      },
    });
  });

  async function told(): Promise<unknown[]> {
    await started.sandbox.idle();
    const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    const { events = [] } = await started.sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/tell', filterPattern: 'TOLD' }));
    return events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('TOLD ') + 5)));
  }

  test('hears of batches that its filter lets through, once their window has passed', async () => {
    await put('orders', 'o-1');
    await put('orders', 'x-1');
    await put('orders', 'o-2');
    await started.clock.advance(5_000);

    const arn = stack.resources.Orders?.attributes.StreamArn;
    expect(await told()).toEqual([
      [
        ['INSERT', 'o-1', null, arn],
        ['INSERT', 'o-2', null, arn],
      ],
    ]);
  });

  test('is asked again from the record that failed, whose batch then goes to the dead letters', async () => {
    await put('orders', 'o-3');
    await put('orders', 'o-4', { bad: { BOOL: true } });
    await started.clock.advance(60_000);
    const calls = (await told()).slice(1) as [string, string][][];
    const { ReceiveMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
    const { Messages } = await started.sandbox
      .client(SQSClient)
      .send(new ReceiveMessageCommand({ QueueUrl: stack.resources.Dead?.physicalId ?? '' }));

    expect(calls.map((records) => records.map(([, id]) => id))).toEqual([['o-3', 'o-4'], ['o-4']]);
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: stack.resources.Orders?.attributes.StreamArn },
    });
  });

  test('is told that an item expired', async () => {
    const expires = { N: String(Math.floor(started.clock.now() / 1000) + 60) };
    await put('orders', 'o-5', { expires });
    await started.clock.advance(2 * 3_600_000);

    expect((await told()).flat().at(-1)).toEqual([
      'REMOVE',
      'o-5',
      { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      stack.resources.Orders?.attributes.StreamArn,
    ]);
  });
});

describe('ImportTable', () => {
  const Bucket = 'imports';
  beforeAll(() =>
    started.sandbox.deployTemplate({
      stackName: 'imports',
      template: { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: Bucket } } } },
    }),
  );
  const upload = (Key: string, Body: string | Buffer) =>
    started.sandbox.client(S3Client, { forcePathStyle: true }).send(new PutObjectCommand({ Bucket, Key, Body }));

  async function imported(TableName: string, how: object, schema: object = KEYS) {
    const { ImportTableDescription } = await dynamodb.send(
      new ImportTableCommand({
        S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: `${TableName}/` },
        TableCreationParameters: { TableName, ...KEYS, ...schema },
        ...how,
      } as never),
    );
    expect(ImportTableDescription?.ImportStatus).toBe('IN_PROGRESS');
    await started.sandbox.idle();
    const { ImportArn } = ImportTableDescription ?? {};
    return (await dynamodb.send(new DescribeImportCommand({ ImportArn }))).ImportTableDescription;
  }

  test('fills a table from DynamoDB JSON, compressed or not, and counts what it could not take', async () => {
    const line = (id: string) => JSON.stringify({ Item: { id: { S: id }, n: { N: '1' } } });
    await upload('json/1.json.gz', gzipSync(`${line('a')}\n${line('b')}\n{"Item":{"n":{"N":"1"}}}\nnonsense\n`));
    const done = await imported('json', { InputFormat: 'DYNAMODB_JSON', InputCompressionType: 'GZIP' });
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'json' }));

    expect(done).toMatchObject({
      ImportStatus: 'COMPLETED',
      ProcessedItemCount: 4,
      ImportedItemCount: 2,
      ErrorCount: 2,
      InputFormat: 'DYNAMODB_JSON',
    });
    expect(Items?.map(({ id }) => id?.S).sort()).toEqual(['a', 'b']);
  });

  test('fills a table from CSV, whose keys have the types of the table', async () => {
    await upload('csv/1.csv', 'id;at;note\r\na;1;"says ""hi""; twice"\nb;2;\nc;no number;x\nd;4\n');
    const schema = {
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
    };
    const done = await imported('csv', { InputFormat: 'CSV', InputFormatOptions: { Csv: { Delimiter: ';' } } }, schema);
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'csv' }));
    const { ImportSummaryList } = await dynamodb.send(new ListImportsCommand({ TableArn: done?.TableArn }));

    expect([done?.ImportedItemCount, done?.ErrorCount]).toEqual([2, 2]);
    expect(Items?.find(({ id }) => id?.S === 'a')).toEqual({
      id: { S: 'a' },
      at: { N: '1' },
      note: { S: 'says "hi"; twice' },
    });
    expect(ImportSummaryList).toMatchObject([{ ImportStatus: 'COMPLETED', InputFormat: 'CSV' }]);
  });

  test('takes what ExportTableToPointInTime wrote', async () => {
    await dynamodb.send(new CreateTableCommand({ TableName: 'exported', ...KEYS }));
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'exported' }));
    await put('exported', 'a', { n: { N: '1' } });
    const exporting = () =>
      dynamodb.send(
        new ExportTableToPointInTimeCommand({ TableArn: Table?.TableArn, S3Bucket: Bucket, S3Prefix: 'again' }),
      );
    await expect(exporting()).rejects.toMatchObject({ name: 'PointInTimeRecoveryUnavailableException' });
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await dynamodb.send(
      new UpdateContinuousBackupsCommand({ TableName: 'exported', PointInTimeRecoverySpecification }),
    );
    const { ExportDescription } = await exporting();
    await put('exported', 'later');
    await started.sandbox.idle();
    const { ExportArn } = ExportDescription ?? {};
    const done = await dynamodb.send(new DescribeExportCommand({ ExportArn }));
    const [data] = (await started.sandbox.peers.s3.list(Bucket, 'again/')).filter(({ key }) => key.includes('/data/'));
    const copied = await dynamodb.send(
      new ImportTableCommand({
        S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: data?.key },
        InputFormat: 'DYNAMODB_JSON',
        InputCompressionType: 'GZIP',
        TableCreationParameters: { TableName: 'copy', ...KEYS },
      }),
    );
    await started.sandbox.idle();
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'copy' }));

    expect([ExportDescription?.ExportStatus, copied.ImportTableDescription?.ImportStatus]).toEqual([
      'IN_PROGRESS',
      'IN_PROGRESS',
    ]);
    expect(done.ExportDescription).toMatchObject({
      ExportStatus: 'COMPLETED',
      ItemCount: 1,
      ExportFormat: 'DYNAMODB_JSON',
    });
    expect(Items).toEqual([{ id: { S: 'a' }, n: { N: '1' } }]);
  });

  test('fails where there is nothing to import, and refuses what it cannot read by name', async () => {
    expect(await imported('empty', { InputFormat: 'CSV' })).toMatchObject({
      ImportStatus: 'FAILED',
      FailureCode: 'S3NoSuchKey',
    });
    await expect(imported('ion', { InputFormat: 'ION' })).rejects.toThrow('InputFormat ION');
    await expect(imported('zstd', { InputFormat: 'CSV', InputCompressionType: 'ZSTD' })).rejects.toThrow('ZSTD');
  });
});
