import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Template } from '../../../cloudformation/template.ts';
import type { Sandbox } from '../../../sandbox.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

const HANDLER = `exports.handler = async ({ Records }) => {
  const texts = Records.map(({ kinesis, body }) => body ?? Buffer.from(kinesis.data, 'base64').toString());
  console.log('GOT ' + texts.join(','));
  if (texts.includes('poison')) throw new Error('poison');
};`;

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const template: Template = {
  Resources: {
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'faulty', ShardCount: 1 } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'faulty', VisibilityTimeout: 10 } },
    Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'all',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['logs:*', 'kinesis:*', 'sqs:*'], Resource: '*' }],
            },
          },
        ],
      },
    },
    Reader: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'reader',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: arnOf('Role'),
        Code: { S3Bucket: 'deployments', S3Key: 'code.zip' },
        Timeout: 10,
      },
    },
    FromStream: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: arnOf('Reader'),
        EventSourceArn: arnOf('Stream'),
        StartingPosition: 'TRIM_HORIZON',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: arnOf('Letters') } },
      },
    },
    FromQueue: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: arnOf('Reader'), EventSourceArn: arnOf('Queue') },
    },
  },
};

let started: TestSandbox;
let sandbox: Sandbox;
beforeAll(async () => {
  started = await startTestSandbox();
  sandbox = started.sandbox;
  const zip = zipSync({ 'index.js': strToU8(HANDLER) });
  await sandbox.deployTemplate({ template, stackName: 'faults', artifact: async () => Buffer.from(zip) });
});
afterEach(() => sandbox.faults.clear());
afterAll(() => started.stop());

const put = async (text: string) => {
  await sandbox
    .client(KinesisClient)
    .send(new PutRecordCommand({ StreamName: 'faulty', PartitionKey: 'lamp', Data: Buffer.from(text) }));
  await sandbox.idle();
};
const queueUrl = (name: string) => `${sandbox.endpoint}/${sandbox.accountId}/${name}`;
const sendMessage = async (text: string) => {
  await sandbox.client(SQSClient).send(new SendMessageCommand({ QueueUrl: queueUrl('faulty'), MessageBody: text }));
  await sandbox.idle();
};
const got = async () => {
  const { events = [] } = await sandbox
    .client(CloudWatchLogsClient)
    .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/reader', filterPattern: 'GOT' }))
    .catch(() => ({ events: [] }));
  return events.map(({ message = '' }) => message.split('GOT ')[1]?.trim() ?? '');
};

test.each(['GetRecords', 'ListShards'])('a stream that throttles %s is read later', async (operation) => {
  sandbox.faults.inject({ service: 'kinesis', operation, times: 2, effect: { kind: 'throttle' } });
  await put(`after-${operation}`);
  expect(await got()).not.toContain(`after-${operation}`);

  await started.clock.advance(10_000);

  expect((await got()).filter((line) => line === `after-${operation}`)).toHaveLength(1);
});

test('a failure destination that is throttled for a while gets its letter all the same, once', async () => {
  sandbox.faults.inject({ service: 'sqs', operation: 'SendMessage', times: 2, effect: { kind: 'throttle' } });
  await put('poison');
  await put('behind');
  expect(await got()).not.toContain('behind');

  await started.clock.advance(10_000);

  expect((await got()).filter((line) => ['poison', 'behind'].includes(line))).toEqual(['poison', 'behind']);
  const { Messages } = await sandbox
    .client(SQSClient)
    .send(new ReceiveMessageCommand({ QueueUrl: queueUrl('letters'), MaxNumberOfMessages: 10 }));
  expect(Messages).toHaveLength(1);
});

test('a queue that throttles ReceiveMessage is polled later', async () => {
  sandbox.faults.inject({ service: 'sqs', operation: 'ReceiveMessage', times: 1, effect: { kind: 'throttle' } });
  await sendMessage('late');
  expect(await got()).not.toContain('late');

  await started.clock.advance(5_000);

  expect(await got()).toContain('late');
});

test('a message whose deletion is lost comes again', async () => {
  sandbox.faults.inject({ service: 'sqs', operation: 'DeleteMessage', times: 1, effect: { kind: 'throttle' } });
  await sendMessage('twice');

  await started.clock.advance(30_000);

  expect((await got()).filter((line) => line === 'twice')).toEqual(['twice', 'twice']);
});
