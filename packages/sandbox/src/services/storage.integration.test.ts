import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { Sha256 } from '@aws-crypto/sha256-js';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Stack } from '../cloudformation/stack.ts';
import type { Template } from '../cloudformation/template.ts';
import type { Sandbox } from '../sandbox.ts';
import { clientOfRole } from '../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../testing/start-test-sandbox.ts';

const template: Template = {
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'audit',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'gk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-group',
            KeySchema: [{ AttributeName: 'gk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      },
    },
    DeliveryRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'write',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: 's3:PutObject',
                  Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/events/*']] },
                },
              ],
            },
          },
        ],
      },
    },
    Delivery: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: {
        DeliveryStreamName: 'archive',
        DeliveryStreamType: 'DirectPut',
        ExtendedS3DestinationConfiguration: {
          BucketARN: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
          RoleARN: { 'Fn::GetAtt': ['DeliveryRole', 'Arn'] },
          CompressionFormat: 'GZIP',
          BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 128 },
          Prefix: 'events/date=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
          ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/',
        },
      },
    },
  },
};

let started: TestSandbox;
let sandbox: Sandbox;
let stack: Stack;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['s3', 'sqs', 'dynamodb', 'kinesis', 'firehose'] });
  sandbox = started.sandbox;
  stack = await sandbox.deployTemplate({ template, stackName: 'storage-test' });
});
afterAll(() => started.stop());

describe('unmodified SDK clients over the front', () => {
  test('S3 takes a signed stream, and a presigned URL without further credentials', async () => {
    const s3 = sandbox.client(S3Client);
    const bytes = Buffer.alloc(200_000, 'x');
    const Body = Readable.from([bytes.subarray(0, 150_000), bytes.subarray(150_000)]);
    await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a b/ü', Body, ContentLength: bytes.length }));

    const fetched = await fetch(await presigned('/archive/a%20b/%C3%BC'));
    const forged = await fetch((await presigned('/archive/a%20b/%C3%BC')).replace('a%20b', 'other'));

    expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).toBe(true);
    expect(forged.status).toBe(403);
  });

  test('Kinesis answers over HTTP/2', async () => {
    const kinesis = sandbox.client(KinesisClient);
    const StreamARN = stack.resources.Stream?.attributes?.Arn;
    const Records = [{ PartitionKey: 'a', Data: Buffer.from('one') }];
    const put = await kinesis.send(new PutRecordsCommand({ StreamARN, Records }));
    const ShardId = put.Records?.[0]?.ShardId;
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamARN, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );

    const read = await kinesis.send(new GetRecordsCommand({ ShardIterator }));

    expect(read.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual(['one']);
  });

  test('SQS is reached under the host of the queue URL', async () => {
    const sqs = sandbox.client(SQSClient);
    const QueueUrl = stack.resources.Queue?.physicalId;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

    expect(QueueUrl).toMatch(new RegExp(`^${sandbox.endpoint}/`));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
  });
});

test('Firehose writes as its templated role, buffered by the injected clock', async () => {
  const firehose = sandbox.client(FirehoseClient);
  const Records = ['one\n', 'two\n'].map((text) => ({ Data: Buffer.from(text) }));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'archive', Records }));

  await started.clock.advance(900_000);
  const [object] = await sandbox.peers.s3.list('archive', 'events/');
  const body = await sandbox.peers.s3.get('archive', object?.key ?? '');

  expect(object?.key).toMatch(/^events\/date=2026-01-01\/hour=00\/archive-1-2026-01-01-00-00-00-[0-9a-f-]{36}\.gz$/);
  expect(gunzipSync(body).toString()).toBe('one\ntwo\n');
});

describe('a role', () => {
  test('reads the index that it may read, and no other and no table', async () => {
    const resource = `arn:aws:dynamodb:us-east-1:${sandbox.accountId}:table/audit/index/by-group`;
    const reader = await clientOfRole(sandbox, DynamoDBClient, [
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: resource },
    ]);
    const query = {
      TableName: 'audit',
      KeyConditionExpression: 'gk = :g',
      ExpressionAttributeValues: { ':g': { S: 'g' } },
    };
    const item = { pk: { S: 'p' }, sk: { S: 's' }, gk: { S: 'g' } };
    await sandbox.client(DynamoDBClient).send(new PutItemCommand({ TableName: 'audit', Item: item }));

    const found = await reader.send(new QueryCommand({ ...query, IndexName: 'by-group' }));

    expect(found.Items).toEqual([item]);
    await expect(reader.send(new QueryCommand(query))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('that may not list a bucket is denied an object that is not there', async () => {
    const allow = (Action: string, Resource: string) => ({ Effect: 'Allow' as const, Action, Resource });
    const getter = [allow('s3:GetObject', 'arn:aws:s3:::archive/*')];
    const blind = await clientOfRole(sandbox, S3Client, getter);
    const seeing = await clientOfRole(sandbox, S3Client, [...getter, allow('s3:ListBucket', 'arn:aws:s3:::archive')]);
    const absent = new GetObjectCommand({ Bucket: 'archive', Key: 'absent' });

    await expect(blind.send(absent)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(seeing.send(absent)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(blind.send(new ListObjectsV2Command({ Bucket: 'archive' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('an update of the stack', () => {
  const revised = (logicalId: string, properties: object): Template => {
    const resource = template.Resources[logicalId];
    const Properties = { ...resource?.Properties, ...properties };
    return { Resources: { ...template.Resources, [logicalId]: { ...resource, Properties } } } as Template;
  };
  const update = (logicalId: string, properties: object) =>
    sandbox.deployTemplate({ template: revised(logicalId, properties), stackName: 'storage-test' });

  test('changes settings and keeps what is stored', async () => {
    const sqs = sandbox.client(SQSClient);
    const QueueUrl = stack.resources.Queue?.physicalId;
    await sandbox.client(S3Client).send(new PutObjectCommand({ Bucket: 'archive', Key: 'kept', Body: 'x' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
    const Item = { pk: { S: 'kept' }, sk: { S: 's' } };
    await sandbox.client(DynamoDBClient).send(new PutItemCommand({ TableName: 'audit', Item }));

    await update('Bucket', { VersioningConfiguration: { Status: 'Enabled' } });
    await update('Queue', { DelaySeconds: 5 });
    await update('Stream', { RetentionPeriodHours: 48 });
    await update('Table', { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
    await update('Delivery', {});

    const read = await sandbox
      .client(DynamoDBClient)
      .send(new GetItemCommand({ TableName: 'audit', Key: { pk: Item.pk, sk: Item.sk } }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect((await sandbox.peers.s3.get('archive', 'kept')).toString()).toBe('x');
    expect(Messages?.map(({ Body }) => Body)).toContain('kept');
    expect(read.Item).toEqual(Item);
  });

  test('refuses to change what would lose the items of a table', async () => {
    const change = update('Table', { KeySchema: [{ AttributeName: 'gk', KeyType: 'HASH' }] });

    await expect(change).rejects.toThrow('cannot change KeySchema of the table audit');
  });
});

async function presigned(path: string): Promise<string> {
  const { host, hostname, port } = new URL(sandbox.endpoint);
  const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const signer = new SignatureV4({
    service: 's3',
    region: sandbox.region,
    credentials: sandbox.credentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
  const request = { method: 'GET', protocol: 'http:', hostname, port: Number(port), path, headers };
  const signed = await signer.presign(request, { expiresIn: 60 });
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${sandbox.endpoint}${path}?${query.join('&')}`;
}
