import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SqsPeer } from '../../core/peers.ts';
import { VirtualClock } from '../../core/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createSqs } from './index.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 1));
let lone: LoneService<SqsPeer>;
let client: SQSClient;
let QueueUrl = '';
let queueCount = 0;

beforeAll(async () => {
  lone = await startLoneService(createSqs, { clock });
  client = new SQSClient(lone.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await lone.stop();
});
beforeEach(async () => {
  queueCount += 1;
  QueueUrl = await createQueue(`queue-${queueCount}`);
});

describe('messages', () => {
  test('are received with body, attributes and times, and deleted by receipt', async () => {
    await send('hello', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } });

    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await clock.advance(60_000);

    expect(message).toMatchObject({
      Body: 'hello',
      Attributes: { SentTimestamp: String(Date.UTC(2026, 0, 1)), ApproximateReceiveCount: '1' },
      MessageAttributes: { kind: { StringValue: 'greeting' } },
      // MD5 of (length + bytes) of name and type, 1 for text, (length + bytes) of the value; computed apart with Python's hashlib.
      MD5OfMessageAttributes: '55ed4b7836c74ac3476eb038898fee8b',
    });
    expect(await receive()).toEqual([]);
  });

  test('come back when their visibility timeout ends, or at once', async () => {
    await send('once');
    const [first] = await receive();

    const hidden = await receive();
    await clock.advance(30_000);
    const [second] = await receive();
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [third] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });

    expect(hidden).toEqual([]);
    expect([first, second, third].map((message) => message?.Body)).toEqual(['once', 'once', 'once']);
    expect(third?.Attributes).toEqual({ ApproximateReceiveCount: '3' });
  });

  test('wait for their delay', async () => {
    await send('later', { DelaySeconds: 5 });
    const early = await receive();
    const counts = await attributes();

    await clock.advance(5000);

    expect(early).toEqual([]);
    expect(counts).toMatchObject({ ApproximateNumberOfMessagesDelayed: '1', ApproximateNumberOfMessages: '0' });
    expect(await receive()).toMatchObject([{ Body: 'later' }]);
  });

  test('leave after the retention', async () => {
    await send('old');

    await clock.advance(4 * 24 * 3600 * 1000 + 1);

    expect(await receive()).toEqual([]);
  });

  test('a long poll ends with the message that comes, or empty when its time is over', async () => {
    const answered = poll();
    await send('here');
    const empty = poll();
    await clock.advance(20_000);

    expect(await answered).toMatchObject({ Messages: [{ Body: 'here' }] });
    expect(await empty).toEqual({});
  });

  test('that nobody can handle go to the dead-letter queue, and back', async () => {
    const deadUrl = await createQueue(`${queueCount}-dead`);
    const deadArn = `arn:aws:sqs:us-east-1:123456789012:${queueCount}-dead`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 2 });
    QueueUrl = await createQueue(`${queueCount}-main`, { RedrivePolicy, VisibilityTimeout: '0' });
    await send('poison');

    const bodies = [await receive(), await receive(), await receive()].map((messages) => messages.length);
    const [dead] = await receive({ QueueUrl: deadUrl, VisibilityTimeout: 0, MessageSystemAttributeNames: ['All'] });
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));

    expect(bodies).toEqual([1, 1, 0]);
    expect(dead).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: `arn:aws:sqs:us-east-1:123456789012:${queueCount}-main` },
    });
    expect(await receive()).toMatchObject([{ Body: 'poison' }]);
  });
});

describe('a redrive', () => {
  let SourceArn = '';
  beforeEach(async () => {
    SourceArn = `arn:aws:sqs:us-east-1:123456789012:queue-${queueCount}`;
    await createQueue(`${queueCount}-home`);
    for (let index = 0; index < 25; index += 1) await send(`lost ${index}`);
  });
  const start = (more: object = {}) =>
    client.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn: `arn:aws:sqs:us-east-1:123456789012:${queueCount}-home`,
        ...more,
      }),
    );
  const newest = async () => (await client.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];

  test('moves at its rate, second by second', async () => {
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 10 });
    expect(await newest()).toMatchObject({
      TaskHandle,
      Status: 'RUNNING',
      ApproximateNumberOfMessagesMoved: 10,
      ApproximateNumberOfMessagesToMove: 25,
    });
    await expect(start()).rejects.toThrow('Only one active task');

    await clock.advance(2_000);

    expect(await newest()).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 25 });
    expect((await newest())?.TaskHandle).toBeUndefined();
  });

  test('can be cancelled half-way, and only then', async () => {
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 10 });
    await clock.advance(1_000);
    const cancel = () => client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));

    expect((await cancel()).ApproximateNumberOfMessagesMoved).toBe(20);
    await clock.advance(10_000);

    expect(await newest()).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 20 });
    await expect(cancel()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('fails where its destination goes away', async () => {
    await start({ MaxNumberOfMessagesPerSecond: 1 });
    const { QueueUrl: home } = await client.send(new GetQueueUrlCommand({ QueueName: `${queueCount}-home` }));
    await client.send(new DeleteQueueCommand({ QueueUrl: home }));

    await clock.advance(1_000);

    expect(await newest()).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining('QueueDoesNotExist'),
    });
  });

  test.each([0, 501, 1.5])('at %d messages a second is refused', async (MaxNumberOfMessagesPerSecond) => {
    await expect(start({ MaxNumberOfMessagesPerSecond })).rejects.toThrow('between 1 and 500');
  });
});

describe('a FIFO queue', () => {
  const group = (MessageGroupId: string, MessageDeduplicationId: string) => ({
    MessageGroupId,
    MessageDeduplicationId,
  });

  beforeEach(async () => {
    QueueUrl = await createQueue(`queue-${queueCount}.fifo`, { FifoQueue: 'true' });
  });

  test('keeps each group in order and behind its message in flight', async () => {
    await send('a1', group('a', '1'));
    await send('a2', group('a', '2'));
    await send('b1', group('b', '3'));

    const [a1] = await receive({ MaxNumberOfMessages: 1 });
    const others = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: a1?.ReceiptHandle }));

    expect([a1?.Body, others.map(({ Body }) => Body)]).toEqual(['a1', ['b1']]);
    expect(await receive()).toMatchObject([{ Body: 'a2' }]);
  });

  test('takes a duplicate within five minutes for the same message', async () => {
    const first = await send('a', group('a', '1'));
    const duplicate = await send('a', group('a', '1'));
    await clock.advance(300_001);
    const later = await send('a', group('a', '1'));

    expect(duplicate.MessageId).toBe(first.MessageId);
    expect(later.MessageId).not.toBe(first.MessageId);
    expect(Number(later.SequenceNumber)).toBeGreaterThan(Number(first.SequenceNumber));
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessages: '2' });
  });

  test('needs a group and a way to tell duplicates', async () => {
    await expect(send('x')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(send('x', { MessageGroupId: 'a' })).rejects.toThrow('ContentBasedDeduplication');
  });
});

describe('limits', () => {
  test('a body over 1 MiB, or with characters that SQS refuses, is refused', async () => {
    await expect(send('x'.repeat(1024 * 1024 + 1))).rejects.toThrow('Message must be shorter than 1048576 bytes');
    await expect(send('bell\u0007')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    await expect(send('')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('a batch tells each entry, and is refused as a whole when it is too large or repeats an id', async () => {
    const batch = (Entries: { Id: string; MessageBody: string }[]) =>
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    const mixed = await batch([
      { Id: '1', MessageBody: 'good' },
      { Id: '2', MessageBody: 'bell\u0007' },
    ]);
    const eleven = batch(Array.from({ length: 11 }, (_, index) => ({ Id: String(index), MessageBody: 'x' })));
    const twice = batch([
      { Id: '1', MessageBody: 'x' },
      { Id: '1', MessageBody: 'y' },
    ]);

    expect(mixed.Successful).toMatchObject([{ Id: '1' }]);
    expect(mixed.Failed).toMatchObject([{ Id: '2', Code: 'InvalidMessageContents', SenderFault: true }]);
    await expect(eleven).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
    await expect(twice).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
    const received = await receive();
    const Entries = received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    expect((await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))).Successful).toHaveLength(1);
  });
});

describe('queues', () => {
  test('are found by name, listed, purged and deleted', async () => {
    const QueueName = `queue-${queueCount}`;
    await send('x');
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    const found = await client.send(new GetQueueUrlCommand({ QueueName }));
    const listed = await client.send(new ListQueuesCommand({ QueueNamePrefix: QueueName }));

    expect(found.QueueUrl).toBe(`${lone.clientConfig.endpoint}/123456789012/${QueueName}`);
    expect(listed.QueueUrls).toContain(QueueUrl);
    expect(await attributes()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      QueueArn: `arn:aws:sqs:us-east-1:123456789012:${QueueName}`,
      VisibilityTimeout: '30',
    });
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(send('x')).rejects.toBeInstanceOf(QueueDoesNotExist);
  });

  test('an unknown or impossible attribute is refused', async () => {
    await expect(createQueue('a', { VisibilityTimeout: '43201' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
    });
    await expect(createQueue('a', { Colour: 'red' })).rejects.toMatchObject({ name: 'InvalidAttributeName' });
    await expect(createQueue(`queue-${queueCount}`, { VisibilityTimeout: '1' })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
  });
});

describe('the CloudFormation queue', () => {
  const provider = (type: string) => lone.service.resources[type]!;
  const request = (properties: Record<string, unknown>) => ({
    logicalId: 'Rejected',
    stackName: 'ingestion-dev',
    properties,
    artifact: () => Promise.reject(new Error('no artifact')),
  });

  test('refers to its URL, and takes a redrive policy and a queue policy', async () => {
    const name = `templated-${queueCount}`;
    const created = await provider('AWS::SQS::Queue').create(
      request({
        QueueName: name,
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead', maxReceiveCount: 3 },
      }),
    );
    await provider('AWS::SQS::QueuePolicy').create(
      request({ Queues: [created.ref], PolicyDocument: { Statement: [] } }),
    );
    QueueUrl = created.ref;

    expect(created.attributes).toEqual({
      Arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
      QueueName: name,
      QueueUrl,
    });
    expect(await attributes()).toMatchObject({
      VisibilityTimeout: '60',
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":3}',
      Policy: '{"Statement":[]}',
    });
  });

  test('refuses a property that it does not know', async () => {
    const create = provider('AWS::SQS::Queue').create(request({ Colour: 'red' }));

    await expect(create).rejects.toThrow('The sandbox does not emulate AWS::SQS::Queue Colour.');
  });
});

test('a peer sends, receives, deletes and hears when a message may be received', async () => {
  const arn = `arn:aws:sqs:us-east-1:123456789012:queue-${queueCount}`;
  let calls = 0;
  const stopListening = lone.peer.onSend(arn, () => {
    calls += 1;
  });

  await lone.peer.send(arn, 'failed', { ErrorCode: '200' });
  const [first] = await lone.peer.receive(arn, 10);
  await clock.advance(30_000);
  const [second] = await lone.peer.receive(arn, 10);
  await lone.peer.delete(arn, second?.receiptHandle ?? '');
  stopListening();
  await clock.advance(60_000);

  expect(calls).toBe(2);
  expect(first).toMatchObject({ body: 'failed', messageAttributes: { ErrorCode: { StringValue: '200' } } });
  expect(await lone.peer.receive(arn, 10)).toEqual([]);
});

describe('the query protocol', () => {
  const query = async (parameters: Record<string, string>) => {
    const response = await fetch(lone.clientConfig.endpoint, { method: 'POST', body: new URLSearchParams(parameters) });
    return { status: response.status, body: await response.text() };
  };

  test('says the same in forms and XML', async () => {
    await query({
      Action: 'SendMessage',
      QueueUrl,
      MessageBody: 'a < b',
      'MessageAttribute.1.Name': 'kind',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'x',
    });

    const received = await query({
      Action: 'ReceiveMessage',
      QueueUrl,
      'AttributeName.1': 'All',
      'MessageAttributeName.1': 'All',
    });

    expect(received.body).toContain('<ReceiveMessageResult><Message><MessageId>');
    expect(received.body).toContain('<Body>a &lt; b</Body>');
    expect(received.body).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
    expect(received.body).toContain('<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType>');
  });

  test('names the result of a read that found nothing, and of an order none', async () => {
    const [empty, set] = [
      await query({ Action: 'ReceiveMessage', QueueUrl, MaxNumberOfMessages: '1' }),
      await query({
        Action: 'SetQueueAttributes',
        QueueUrl,
        'Attribute.1.Name': 'DelaySeconds',
        'Attribute.1.Value': '0',
      }),
    ];

    expect(empty.body).toMatch(/<ReceiveMessageResult>|<ReceiveMessageResult\/>/);
    expect(set.body).not.toContain('Result');
  });

  test('has codes of its own', async () => {
    const absent = await query({ Action: 'GetQueueUrl', QueueName: 'nowhere' });

    expect(absent.status).toBe(400);
    expect(absent.body).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });
});

test('a batch is judged by the action of the single call, on the queue of its URL', () => {
  const body = Buffer.from(JSON.stringify({ QueueUrl: 'http://127.0.0.1:1/123456789012/rejected', Entries: [] }));

  const call = lone.service.describe({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': 'AmazonSQS.DeleteMessageBatch' },
    body,
  });

  expect(call.permissions).toEqual([
    { action: 'sqs:DeleteMessage', resource: 'arn:aws:sqs:us-east-1:123456789012:rejected' },
  ]);
});

async function createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

function send(MessageBody: string, settings: Partial<SendMessageCommandInput> = {}) {
  return client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...settings }));
}

async function receive(settings: object = {}) {
  return (
    (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...settings }))).Messages ?? []
  );
}

async function attributes() {
  return (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;
}

/** A long poll that waits as soon as this function returns, since no wire lies between. */
async function poll() {
  const headers = { 'x-amz-target': 'AmazonSQS.ReceiveMessage' };
  const body = Buffer.from(JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 }));
  const request = { method: 'POST', url: '/', headers, body };
  const caller = { accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::123456789012:root' };
  const response = await lone.service.handle(lone.service.describe(request), request, caller);
  return JSON.parse(String(response.body)) as unknown;
}
