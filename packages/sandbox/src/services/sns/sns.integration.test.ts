import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  type MessageAttributeValue,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Sandbox } from '../../sandbox.ts';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { HANDLER, template } from './testing/topics-stack.ts';

const TopicArn = 'arn:aws:sns:us-east-1:123456789012:alerts';
let started: TestSandbox;
let sandbox: Sandbox;
let sns: SNSClient;
let web: Server;
const posts: { readonly type: string; readonly body: string }[] = [];
let answer = 200;

beforeAll(async () => {
  started = await startTestSandbox();
  sandbox = started.sandbox;
  await sandbox.deployTemplate({
    stackName: 'topics',
    template,
    artifact: async () => Buffer.from(zipSync({ 'index.js': strToU8(HANDLER) })),
  });
  sns = sandbox.client(SNSClient, { maxAttempts: 1 });
  web = createServer(async (request: IncomingMessage, response) => {
    posts.push({ type: String(request.headers['x-amz-sns-message-type']), body: await text(request) });
    response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  web.close();
  await started.stop();
});

async function take(name: string) {
  await sandbox.idle();
  const sqs = sandbox.client(SQSClient);
  const QueueUrl = `${sandbox.endpoint}/123456789012/${name}`;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages;
}
const envelopes = async (name: string) => (await take(name)).map(({ Body = '{}' }) => JSON.parse(Body));
const publish = (Message: string, attributes: Readonly<Record<string, string>> = {}, more: object = {}) => {
  const MessageAttributes: Record<string, MessageAttributeValue> = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  return sns.send(new PublishCommand({ TopicArn, Message, MessageAttributes, ...more }));
};

test('a queue receives the message in its envelope', async () => {
  const { MessageId } = await publish('hello', { colour: 'red' }, { Subject: 'Hi' });
  expect(await envelopes('all')).toEqual([
    {
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'Hi',
      Message: 'hello',
      Timestamp: '2026-01-01T00:00:00.000Z',
      SignatureVersion: '1',
      Signature: expect.any(String),
      SigningCertURL: expect.any(String),
      UnsubscribeURL: expect.any(String),
      MessageAttributes: { colour: { Type: 'String', Value: 'red' } },
    },
  ]);
  expect(await take('raw')).toEqual([]);
});

test('a raw queue receives the message alone, where its body passes the filter', async () => {
  await publish('{"lamp":{"watts":40}}');
  await publish('{"lamp":{"watts":60}}', { colour: 'red' });
  await publish('no json');
  const got = await take('raw');
  expect(got.map(({ Body }) => Body)).toEqual(['{"lamp":{"watts":60}}']);
  expect(got[0]?.MessageAttributes?.colour?.StringValue).toBe('red');
  expect(await envelopes('all')).toHaveLength(3);
});

test('a function receives an event, where the attributes pass the filter', async () => {
  await publish('one', { kind: 'chair' });
  await publish('two', { kind: 'lamp' });
  await sandbox.idle();
  const { events = [] } = await sandbox
    .client(CloudWatchLogsClient)
    .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/show', filterPattern: 'GOT' }));
  const [got, ...more] = events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('GOT ') + 4)));
  expect(more).toEqual([]);
  expect(got.Records[0]).toMatchObject({
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    Sns: {
      Type: 'Notification',
      TopicArn,
      Subject: null,
      Message: 'two',
      MessageAttributes: { kind: { Type: 'String', Value: 'lamp' } },
    },
  });
  await take('all');
});

test('what a queue does not take is a dead letter', async () => {
  await publish('to nobody', { closed: 'yes' });
  const [letter] = await take('letters');
  expect(JSON.parse(letter?.Body ?? '{}').Message).toBe('to nobody');
  expect(letter?.MessageAttributes?.ErrorCode?.StringValue).toBe('AccessDenied');
  await take('all');
});

test('a throttled queue is tried again', async () => {
  const fault = sandbox.faults.inject({
    service: 'sqs',
    operation: 'SendMessage',
    times: 4,
    effect: { kind: 'throttle' },
  });
  await publish('again');
  await started.clock.advance(999);
  expect(await take('all')).toEqual([]);
  await started.clock.advance(1);
  expect((await envelopes('all')).map(({ Message }) => Message)).toEqual(['again']);
  expect(fault.hits).toBe(4);
});

describe('PublishBatch', () => {
  test('tells of each entry', async () => {
    const { Successful = [], Failed = [] } = await sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: 'first' },
          { Id: 'b', Message: 'x', Subject: 'ü' },
          { Id: 'c', Message: 'third' },
        ],
      }),
    );
    expect(Successful.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]);
    expect((await envelopes('all')).map(({ Message }) => Message).sort()).toEqual(['first', 'third']);
  });

  test('refuses two entries of one id', async () => {
    const PublishBatchRequestEntries = [
      { Id: 'a', Message: '1' },
      { Id: 'a', Message: '2' },
    ];
    await expect(sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }))).rejects.toMatchObject({
      name: 'BatchEntryIdsNotDistinctException',
    });
  });
});

test('a web endpoint confirms, then receives; a failed post is made again', async () => {
  const Endpoint = `http://127.0.0.1:${(web.address() as AddressInfo).port}/hook`;
  const { SubscriptionArn = '' } = await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint, ReturnSubscriptionArn: true }),
  );
  await sandbox.idle();
  await publish('too early');
  await take('all');
  expect(posts.map(({ type }) => type)).toEqual(['SubscriptionConfirmation']);
  const { Token } = JSON.parse(posts[0]?.body ?? '{}');
  await expect(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'x' }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  answer = 503;
  await publish('on time');
  await sandbox.idle();
  answer = 200;
  await started.clock.advance(20_000);
  expect(posts.slice(1).map(({ type, body }) => [type, JSON.parse(body).Message])).toEqual([
    ['Notification', 'on time'],
    ['Notification', 'on time'],
  ]);
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await take('all');
});

test('mails are kept to be read', async () => {
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' }));
  await sandbox.idle();
  const [asked] = sandbox.peers.sns.mails();
  expect(asked).toMatchObject({ to: 'ada@example.com', subject: 'AWS Notification - Subscription Confirmation' });
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: asked?.token ?? '' }));
  await publish(
    JSON.stringify({ default: 'for all', email: 'for mails' }),
    {},
    { Subject: 'News', MessageStructure: 'json' },
  );
  expect((await envelopes('all')).map(({ Message }) => Message)).toEqual(['for all']);
  expect(sandbox.peers.sns.mails().at(-1)).toEqual({
    to: 'ada@example.com',
    topicArn: TopicArn,
    subject: 'News',
    body: 'for mails',
  });
});

test('an alarm, a rule and a function publish', async () => {
  const cloudwatch = sandbox.client(CloudWatchClient);
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'hot',
      Namespace: 'N',
      MetricName: 'M',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [TopicArn],
    }),
  );
  await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'hot', StateValue: 'ALARM', StateReason: 'test' }));
  const [alarm] = await envelopes('all');
  expect(alarm.Subject).toBe('ALARM: "hot" in us-east-1');
  expect(JSON.parse(alarm.Message)).toMatchObject({
    AlarmName: 'hot',
    NewStateValue: 'ALARM',
    OldStateValue: 'INSUFFICIENT_DATA',
    Trigger: { MetricName: 'M', Threshold: 1 },
  });

  await sandbox
    .client(EventBridgeClient)
    .send(new PutEventsCommand({ Entries: [{ Source: 'lamp', DetailType: 'Lit', Detail: '{"n":1}' }] }));
  expect(await envelopes('all')).toMatchObject([{ TopicArn: TopicArn.replace('alerts', 'told'), Message: '{"n":1}' }]);

  await sandbox
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName: 'fail', InvocationType: 'Event', Payload: '{"a":1}' }));
  const [failed] = await envelopes('all');
  expect(JSON.parse(failed.Message)).toMatchObject({
    requestContext: { condition: 'RetriesExhausted' },
    requestPayload: { a: 1 },
  });
});

test('topics and subscriptions are made, shown, changed and removed', async () => {
  expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({
    TopicArn,
    DisplayName: 'Alerts',
    Owner: '123456789012',
  });
  const { TopicArn: own = '' } = await sns.send(new CreateTopicCommand({ Name: 'own' }));
  expect((await sns.send(new CreateTopicCommand({ Name: 'own' }))).TopicArn).toBe(own);
  await sns.send(new SetTopicAttributesCommand({ TopicArn: own, AttributeName: 'DisplayName', AttributeValue: 'Own' }));
  await sns.send(
    new TagResourceCommand({
      ResourceArn: own,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  );
  await sns.send(new UntagResourceCommand({ ResourceArn: own, TagKeys: ['a'] }));
  expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: own }))).Tags).toEqual([
    { Key: 'b', Value: '2' },
  ]);
  const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:raw';
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn: own, Protocol: 'sqs', Endpoint }));
  await sns.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn,
      AttributeName: 'RawMessageDelivery',
      AttributeValue: 'true',
    }),
  );
  expect((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes).toMatchObject({
    RawMessageDelivery: 'true',
    PendingConfirmation: 'false',
  });
  expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: own }))).Subscriptions).toMatchObject([
    { SubscriptionArn, Protocol: 'sqs', Endpoint },
  ]);
  await sns.send(new DeleteTopicCommand({ TopicArn: own }));
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  expect(Topics.map((one) => one.TopicArn)).toEqual([TopicArn, TopicArn.replace('alerts', 'told')]);
  await expect(publish('x', {}, { TopicArn: own })).rejects.toMatchObject({ name: 'NotFoundException' });
});

test.each([
  [
    'an address outside this machine',
    () => sns.send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint: 'https://example.com/hook' })),
    'does not emulate endpoints outside this machine',
  ],
  [
    'text messages',
    () => sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sms', Endpoint: '+49' })),
    'does not emulate the protocol sms',
  ],
  [
    'a FIFO topic',
    () => sns.send(new CreateTopicCommand({ Name: 'a.fifo', Attributes: { FifoTopic: 'true' } })),
    'does not emulate FIFO topics',
  ],
  [
    'a filter that is none',
    () =>
      sns.send(
        new SubscribeCommand({
          TopicArn,
          Protocol: 'sqs',
          Endpoint: 'arn:aws:sqs:us-east-1:123456789012:letters',
          Attributes: { FilterPolicy: '{"a":"b"}' },
        }),
      ),
    'FilterPolicy',
  ],
  ['an empty message', () => publish(''), 'Empty message'],
])('%s is refused', async (_name, act, message) => {
  await expect(act()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(message),
  });
});

test('publishing needs its permission', async () => {
  const client = await clientOfRole(sandbox, SNSClient, [{ Effect: 'Allow', Action: 'sns:Subscribe', Resource: '*' }]);
  await expect(client.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
    name: 'AuthorizationErrorException',
  });
});
