import { createRequire } from 'node:module';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetEventSourceMappingCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Template } from '../../cloudformation/template.ts';
import type { Sandbox } from '../../sandbox.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

const sdk = (name: string) => createRequire(import.meta.url).resolve(`@aws-sdk/client-${name}`);

/** Writes what it was sent to a bucket, as its own role; refuses what says poison. */
const HANDLER = `
const { S3Client, PutObjectCommand } = require(process.env.S3_SDK);
const s3 = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
exports.store = async ({ Records }) => {
  for (const { kinesis, body } of Records) {
    const text = body ?? Buffer.from(kinesis.data, 'base64').toString();
    if (text.includes('poison')) throw new Error('poison');
    await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: 'stored/' + text, Body: text }));
  }
};
exports.job = async () => { await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: 'stored/job', Body: 'done' })); };
exports.stray = async () => { await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: 'elsewhere/x', Body: '' })); };
`;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const allow = (Action: readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const inBucket = (path: string) => ({ 'Fn::Join': ['', [arnOf('Bucket'), path]] });
const lambdaFunction = (name: string, handler: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: `index.${handler}`,
    MemorySize: 256,
    Timeout: 20,
    Role: arnOf('Role'),
    Code: { S3Bucket: 'deployments', S3Key: 'lambda/code.zip' },
    Environment: { Variables: { BUCKET: { Ref: 'Bucket' }, S3_SDK: sdk('s3') } },
  },
});

const template: Template = {
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'lambda-store' } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'telemetry', ShardCount: 1 } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', VisibilityTimeout: 30 } },
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust,
        Policies: [
          {
            PolicyName: 'all',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                allow(
                  ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
                  'arn:aws:logs:*:*:log-group:/aws/lambda/it-*:*',
                ),
                allow(['s3:PutObject'], [inBucket('/stored/*'), inBucket('/aws/lambda/*')]),
                allow(['s3:ListBucket'], arnOf('Bucket')),
                allow(['sqs:SendMessage'], arnOf('Failed')),
                allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf('Queue')),
                allow(
                  [
                    'kinesis:GetRecords',
                    'kinesis:GetShardIterator',
                    'kinesis:DescribeStreamSummary',
                    'kinesis:ListShards',
                  ],
                  arnOf('Stream'),
                ),
              ],
            },
          },
        ],
      },
    },
    FromStream: lambdaFunction('it-stream', 'store'),
    FromQueue: lambdaFunction('it-queue', 'store'),
    Job: lambdaFunction('it-job', 'job'),
    Stray: lambdaFunction('it-stray', 'stray'),
    JobSettings: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Job' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
      },
    },
    StreamMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: arnOf('FromStream'),
        EventSourceArn: arnOf('Stream'),
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: arnOf('Bucket') } },
      },
    },
    QueueMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: arnOf('FromQueue'), EventSourceArn: arnOf('Queue') },
    },
  },
};

let started: TestSandbox;
let sandbox: Sandbox;
beforeAll(async () => {
  started = await startTestSandbox();
  sandbox = started.sandbox;
  const zip = zipSync({ 'index.js': strToU8(HANDLER) });
  await sandbox.deployTemplate({ template, stackName: 'it', artifact: async () => Buffer.from(zip) });
});
afterAll(() => started.stop());

const keys = async (prefix: string): Promise<string[]> => {
  const output = await sandbox
    .client(S3Client, { forcePathStyle: true })
    .send(new ListObjectsV2Command({ Bucket: 'lambda-store', Prefix: prefix }));
  return (output.Contents ?? []).map(({ Key = '' }) => Key);
};
const queueUrl = (name: string) => `${sandbox.endpoint}/${sandbox.accountId}/${name}`;
const runJob = async () => {
  await sandbox
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName: 'it-job', InvocationType: 'Event', Payload: '{"job":1}' }));
  await sandbox.idle();
};

test('a stream’s healthy records are stored, its poison lies in the bucket with its metadata', async () => {
  await sandbox.client(KinesisClient).send(
    new PutRecordsCommand({
      StreamName: 'telemetry',
      Records: ['a', 'poison', 'b'].map((text) => ({ PartitionKey: 'lamp', Data: Buffer.from(text) })),
    }),
  );
  await sandbox.idle();

  expect(await keys('stored/')).toEqual(expect.arrayContaining(['stored/a', 'stored/b']));
  const uuid = sandbox.stack('it').resources.StreamMapping?.physicalId;
  const [letter = ''] = await keys(`aws/lambda/${uuid}/`);
  const object = await sandbox
    .client(S3Client, { forcePathStyle: true })
    .send(new GetObjectCommand({ Bucket: 'lambda-store', Key: letter }));
  const { payload, KinesisBatchInfo } = JSON.parse((await object.Body?.transformToString()) ?? '');
  expect(KinesisBatchInfo.batchSize).toBe(1);
  expect(Buffer.from(JSON.parse(payload).Records[0].kinesis.data, 'base64').toString()).toBe('poison');
  const mapping = await sandbox.client(LambdaClient).send(new GetEventSourceMappingCommand({ UUID: uuid }));
  expect(mapping.LastProcessingResult).toBe('OK');
});

test('a queue’s failed message comes back when its visibility timeout ends', async () => {
  const sqs = sandbox.client(SQSClient);
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('orders'), MessageBody: 'poison' }));
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('orders'), MessageBody: 'order' }));
  await sandbox.idle();
  const attempts = async () => {
    const { events } = await sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/it-queue', filterPattern: '"Invoke Error"' }));
    return events?.length;
  };
  const before = await attempts();

  await started.clock.advance(31_000);

  expect(before).toBe(1);
  expect(await attempts()).toBe(2);
  expect(await keys('stored/order')).toEqual(['stored/order']);
});

test('an asynchronous invocation outlives the crash of its environment', async () => {
  sandbox.faults.inject({
    service: 's3',
    operation: 'PutObject',
    times: 1,
    effect: { kind: 'crash-caller', when: 'before' },
  });
  await runJob();
  expect(await keys('stored/job')).toEqual([]);

  await started.clock.advance(60_000);

  expect(await keys('stored/job')).toEqual(['stored/job']);
});

test('an asynchronous invocation that crashes each time ends in its destination', async () => {
  const fault = sandbox.faults.inject({
    service: 's3',
    operation: 'PutObject',
    effect: { kind: 'crash-caller', when: 'after' },
  });
  await runJob();
  await started.clock.advance(60_000);
  fault.lift();

  const { Messages } = await sandbox
    .client(SQSClient)
    .send(new ReceiveMessageCommand({ QueueUrl: queueUrl('failed') }));
  expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    requestPayload: { job: 1 },
    responsePayload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('signal: killed') },
  });
});

test('a function is refused what its role does not allow', async () => {
  const { Payload, FunctionError } = await sandbox
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName: 'it-stray' }));

  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({
    errorType: 'AccessDenied',
    errorMessage: expect.stringContaining('s3:PutObject'),
  });
});

test('logs and metrics are there for the invocation’s time', async () => {
  const { logStreams } = await sandbox
    .client(CloudWatchLogsClient)
    .send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/it-job' }));
  expect(logStreams?.[0]?.logStreamName).toMatch(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/);
  const { Datapoints } = await sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'it-job' }],
      StartTime: new Date(Date.UTC(2026, 0, 1)),
      EndTime: new Date(Date.UTC(2026, 0, 1, 1)),
      Period: 3_600,
      Statistics: ['Sum'],
    }),
  );
  expect(Datapoints?.[0]?.Sum).toBe(4);
});
