import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventBridgeEvent, S3Event } from 'aws-lambda';
import type { Stack } from '../../../cloudformation/stack.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

const TRUST = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

/** A function that keeps what it is told in a queue, by way of its log. */
const TEMPLATE = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [TRUST] },
        Policies: [
          {
            PolicyName: 'logs',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }],
            },
          },
        ],
      },
    },
    Notice: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'notice',
        Timeout: 60,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async (event) => console.log("TOLD " + JSON.stringify(event));' },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { 'Fn::GetAtt': ['Notice', 'Arn'] },
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: 'arn:aws:s3:::inbox',
        SourceAccount: { Ref: 'AWS::AccountId' },
      },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'told' } },
    Closed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'closed' } },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: ['s3.amazonaws.com', 'events.amazonaws.com'] },
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            },
          ],
        },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.s3'], detail: { bucket: { name: ['inbox'] } } },
        Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
      },
    },
    Inbox: {
      Type: 'AWS::S3::Bucket',
      DependsOn: ['Permission', 'QueuePolicy'],
      Properties: {
        BucketName: 'inbox',
        NotificationConfiguration: {
          EventBridgeConfiguration: { EventBridgeEnabled: true },
          LambdaConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Function: { 'Fn::GetAtt': ['Notice', 'Arn'] },
              Filter: {
                S3Key: {
                  Rules: [
                    { Name: 'prefix', Value: 'in/' },
                    { Name: 'suffix', Value: '.csv' },
                  ],
                },
              },
            },
          ],
        },
      },
    },
    Plain: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plain' } },
  },
};

/** What EventBridge is told of an object. */
type ObjectEvent = EventBridgeEvent<
  string,
  { readonly object: { readonly key: string }; readonly reason?: string; readonly 'deletion-type'?: string }
>;

let started: TestSandbox;
let stack: Stack;
let s3: S3Client;
let sqs: SQSClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['s3', 'sqs', 'lambda', 'logs', 'cloudwatch', 'events'] });
  stack = await started.sandbox.deployTemplate({ template: TEMPLATE as never, stackName: 'told' });
  s3 = started.sandbox.client(S3Client, { forcePathStyle: true });
  sqs = started.sandbox.client(SQSClient);
});
afterAll(() => started.stop());
beforeEach(() => messages());

/** Everything in the queue, taken out of it. */
async function messages<Message = unknown>(): Promise<readonly Message[]> {
  await started.sandbox.idle();
  const QueueUrl = stack.resources.Queue?.physicalId;
  const found: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return found;
    for (const { Body, ReceiptHandle } of Messages) {
      found.push(JSON.parse(Body ?? ''));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

async function told(): Promise<readonly S3Event[]> {
  await started.sandbox.idle();
  const logs = started.sandbox.client(CloudWatchLogsClient);
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/lambda/notice', filterPattern: 'TOLD' }),
  );
  return events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('TOLD ') + 5)));
}

describe('EventBridge', () => {
  test('is told of an object that was created', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'a b/ä.txt', Body: 'hello' }));

    expect(await messages()).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '123456789012',
        time: '2026-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:s3:::inbox'],
        detail: {
          version: '0',
          bucket: { name: 'inbox' },
          object: {
            key: 'a b/ä.txt',
            size: 5,
            etag: '5d41402abc4b2a76b9719d911017c592',
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
          'request-id': expect.any(String),
          requester: '123456789012',
          'source-ip-address': '127.0.0.1',
          reason: 'PutObject',
        },
      },
    ]);
  });

  test('is told of copies, tags and deletes, but not of a delete of nothing', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'k', Body: 'x' }));
    await s3.send(new CopyObjectCommand({ Bucket: 'inbox', Key: 'l', CopySource: 'inbox/k' }));
    await s3.send(
      new PutObjectTaggingCommand({ Bucket: 'inbox', Key: 'l', Tagging: { TagSet: [{ Key: 'a', Value: '1' }] } }),
    );
    await s3.send(new DeleteObjectCommand({ Bucket: 'inbox', Key: 'nothing' }));
    await s3.send(new DeleteObjectsCommand({ Bucket: 'inbox', Delete: { Objects: [{ Key: 'k' }, { Key: 'l' }] } }));

    const events = await messages<ObjectEvent>();
    expect(events.map((event) => [event['detail-type'], event.detail.object.key, event.detail.reason])).toEqual([
      ['Object Created', 'k', 'PutObject'],
      ['Object Created', 'l', 'CopyObject'],
      ['Object Tags Added', 'l', undefined],
      ['Object Deleted', 'k', 'DeleteObject'],
      ['Object Deleted', 'l', 'DeleteObject'],
    ]);
    expect(events.at(-1)?.detail['deletion-type']).toBe('Permanently Deleted');
  });
});

describe('a function', () => {
  test('is told of the keys that its filter names', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'in/no.txt', Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'out/no.csv', Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'in/a b+c.csv', Body: 'hello' }));

    expect(await told()).toEqual([
      {
        Records: [
          expect.objectContaining({
            eventVersion: '2.1',
            eventSource: 'aws:s3',
            eventName: 'ObjectCreated:Put',
            eventTime: '2026-01-01T00:00:00.000Z',
            s3: {
              s3SchemaVersion: '1.0',
              configurationId: 'lambda-0',
              bucket: { name: 'inbox', arn: 'arn:aws:s3:::inbox', ownerIdentity: expect.any(Object) },
              object: {
                key: 'in/a+b%2Bc.csv',
                size: 5,
                eTag: '5d41402abc4b2a76b9719d911017c592',
                sequencer: expect.any(String),
              },
            },
          }),
        ],
      },
    ]);
  });
});

describe('a bucket configured over the wire', () => {
  const configure = (arn: string | undefined, more: object = {}) =>
    s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'plain',
        NotificationConfiguration: {
          QueueConfigurations: [{ Id: 'deleted', QueueArn: arn, Events: ['s3:ObjectRemoved:*'], ...more }],
        },
      }),
    );

  test('sends its queue a test message, then what was asked for', async () => {
    await configure(stack.resources.Queue?.attributes.Arn);
    const [greeting] = await messages();
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));

    expect(greeting).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'plain' });
    expect((await messages<S3Event>()).map(({ Records }) => Records[0]?.eventName)).toEqual(['ObjectRemoved:Delete']);
    const read = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: 'plain' }));
    expect(read.QueueConfigurations).toEqual([
      { Id: 'deleted', QueueArn: stack.resources.Queue?.attributes.Arn, Events: ['s3:ObjectRemoved:*'] },
    ]);
    expect(read.EventBridgeConfiguration).toBeUndefined();
  });

  test('refuses a queue whose policy does not let S3 send, events that are not emulated, and filters that overlap', async () => {
    await expect(configure(stack.resources.Closed?.attributes.Arn)).rejects.toThrow('Unable to validate');
    await expect(
      configure(stack.resources.Queue?.attributes.Arn, { Events: ['s3:ObjectRestore:Post'] }),
    ).rejects.toThrow('s3:ObjectRestore:Post');
    const twice = {
      QueueArn: stack.resources.Queue?.attributes.Arn,
      Events: ['s3:ObjectCreated:*' as const],
      Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'a' }] } },
    };
    const overlapping = new PutBucketNotificationConfigurationCommand({
      Bucket: 'plain',
      NotificationConfiguration: { QueueConfigurations: [twice, { ...twice, Events: ['s3:ObjectCreated:Put'] }] },
    });
    await expect(s3.send(overlapping)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});
