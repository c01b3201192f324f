import { createRequire } from 'node:module';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient, PutFunctionRecursionConfigCommand } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Template } from '../../../cloudformation/template.ts';
import type { Sandbox } from '../../../sandbox.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

const TURNS = 40;
const START_MS = Date.UTC(2026, 0, 1);
const sdk = (name: string) => createRequire(import.meta.url).resolve(`@aws-sdk/client-${name}`);

/** Sends its number on, one less, to where it came from, until it is 0. */
const CODE = `
const { SQSClient, SendMessageCommand } = require(process.env.SQS_SDK);
const { SNSClient, PublishCommand } = require(process.env.SNS_SDK);
const { LambdaClient, InvokeCommand } = require(process.env.LAMBDA_SDK);
const queue = new SQSClient(), topic = new SNSClient(), lambda = new LambdaClient();
exports.handler = async (event) => {
  const [record] = event.Records ?? [];
  const left = Number(record?.body ?? record?.Sns?.Message ?? event.left);
  if (left === 0) return;
  const next = String(left - 1);
  if (record?.body) await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: next, DelaySeconds: 60 }));
  else if (record?.Sns) await topic.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: next }));
  else await lambda.send(new InvokeCommand({ FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME, InvocationType: 'Event', Payload: JSON.stringify({ left: next }) }));
};`;

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const counter = (FunctionName: string, RecursiveLoop?: 'Allow') => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 256,
    Timeout: 20,
    Role: arnOf('Role'),
    Code: { ZipFile: CODE },
    DeadLetterConfig: { TargetArn: arnOf('Dead') },
    Environment: {
      Variables: {
        SQS_SDK: sdk('sqs'),
        SNS_SDK: sdk('sns'),
        LAMBDA_SDK: sdk('lambda'),
        QUEUE_URL: { Ref: FunctionName === 'allowed' ? 'AllowedQueue' : 'Queue' },
        TOPIC_ARN: { Ref: 'Topic' },
      },
    },
    ...(RecursiveLoop ? { RecursiveLoop } : {}),
  },
});
const queue = () => ({
  Type: 'AWS::SQS::Queue',
  Properties: {
    VisibilityTimeout: 30,
    RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 },
  },
});
const mapping = (FunctionName: string, source: string) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: FunctionName }, EventSourceArn: arnOf(source) },
});
const statement = (Effect: 'Allow', rest: object) => ({ Version: '2012-10-17', Statement: [{ Effect, ...rest }] });

const template: Template = {
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    Queue: queue(),
    AllowedQueue: queue(),
    Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: statement('Allow', {
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
        Policies: [
          {
            PolicyName: 'all',
            PolicyDocument: statement('Allow', {
              Action: ['sqs:*', 'sns:Publish', 'lambda:InvokeFunction', 'logs:*'],
              Resource: '*',
            }),
          },
        ],
      },
    },
    Counted: counter('counted'),
    Allowed: counter('allowed', 'Allow'),
    CountedMapping: mapping('Counted', 'Queue'),
    AllowedMapping: mapping('Allowed', 'AllowedQueue'),
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'lambda', Endpoint: arnOf('Counted') },
    },
    MayPublish: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'counted', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
    },
  },
};

let started: TestSandbox;
let sandbox: Sandbox;
beforeAll(async () => {
  started = await startTestSandbox({ startMs: START_MS });
  sandbox = started.sandbox;
  await sandbox.deployTemplate({ template, stackName: 'it' });
});
afterAll(() => started.stop());

const physical = (logicalId: string): string => sandbox.stack('it').resources[logicalId]?.physicalId ?? '';
const send = (logicalId: string, MessageBody: string) =>
  sandbox.client(SQSClient).send(new SendMessageCommand({ QueueUrl: physical(logicalId), MessageBody }));
const total = async (name: string, metric: string): Promise<number> => {
  const { Datapoints } = await sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: metric,
      Dimensions: [{ Name: 'FunctionName', Value: name }],
      StartTime: new Date(START_MS),
      EndTime: new Date(START_MS + 86_400_000),
      Period: 86_400,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints?.[0]?.Sum ?? 0;
};
/** How often a function ran and was dropped while `run` went on for an hour. */
const during = async (name: string, run: () => Promise<unknown>): Promise<{ ran: number; dropped: number }> => {
  const before = [await total(name, 'Invocations'), await total(name, 'RecursiveInvocationsDropped')] as const;
  await run();
  await started.clock.advance(3_600_000);
  return {
    ran: (await total(name, 'Invocations')) - before[0],
    dropped: (await total(name, 'RecursiveInvocationsDropped')) - before[1],
  };
};
const dead = async (): Promise<unknown[]> => {
  const receive = new ReceiveMessageCommand({ QueueUrl: physical('Dead'), MaxNumberOfMessages: 10 });
  const { Messages = [] } = await sandbox.client(SQSClient).send(receive);
  return Messages.map(({ Body }) => Body);
};

test('a function that feeds its own queue ends in its dead-letter queue after sixteen turns, delayed ones too', async () => {
  const { ran, dropped } = await during('counted', () => send('Queue', String(TURNS)));

  expect({ ran, dropped }).toEqual({ ran: 16, dropped: 2 });
  expect(await dead()).toEqual([String(TURNS - 16)]);
});

test('one that may, goes on', async () => {
  expect(await during('allowed', () => send('AllowedQueue', String(TURNS)))).toEqual({ ran: TURNS + 1, dropped: 0 });
});

test('a loop through a topic ends as well', async () => {
  const publish = () =>
    sandbox.client(SNSClient).send(new PublishCommand({ TopicArn: physical('Topic'), Message: String(TURNS) }));

  expect(await during('counted', publish)).toEqual({ ran: 16, dropped: 1 });
  expect(await dead()).toContainEqual(expect.stringContaining(`"Message":"${TURNS - 16}"`));
});

test('a function that calls itself asynchronously goes on from when it may', async () => {
  const lambda = sandbox.client(LambdaClient);
  const invoke = () =>
    lambda.send(
      new InvokeCommand({ FunctionName: 'counted', InvocationType: 'Event', Payload: JSON.stringify({ left: TURNS }) }),
    );

  expect(await during('counted', invoke)).toEqual({ ran: 16, dropped: 1 });
  await lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName: 'counted', RecursiveLoop: 'Allow' }));
  expect(await during('counted', invoke)).toEqual({ ran: TURNS + 1, dropped: 0 });
});
