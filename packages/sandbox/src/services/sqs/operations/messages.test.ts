import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { QueueSuite } from '../testing/queue-suite.ts';

const sqs = new QueueSuite();

describe('messages', () => {
  test('are received with body, attributes and times, and deleted by receipt', async () => {
    await sqs.send('hello', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } });

    const [message] = await sqs.receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    await sqs.client.send(new DeleteMessageCommand({ QueueUrl: sqs.url, ReceiptHandle: message?.ReceiptHandle }));
    await sqs.clock.advance(60_000);

    expect(message).toMatchObject({
      Body: 'hello',
      Attributes: { SentTimestamp: String(Date.UTC(2026, 0, 1)), ApproximateReceiveCount: '1' },
      MessageAttributes: { kind: { StringValue: 'greeting' } },
      // MD5 of (length + bytes) of name and type, 1 for text, (length + bytes) of the value; computed apart with Python's hashlib.
      MD5OfMessageAttributes: '55ed4b7836c74ac3476eb038898fee8b',
    });
    expect(await sqs.receive()).toEqual([]);
  });

  test('come back when their visibility timeout ends, or at once', async () => {
    await sqs.send('once');
    const [first] = await sqs.receive();

    const hidden = await sqs.receive();
    await sqs.clock.advance(30_000);
    const [second] = await sqs.receive();
    await sqs.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: sqs.url,
        ReceiptHandle: second?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    const [third] = await sqs.receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });

    expect(hidden).toEqual([]);
    expect([first, second, third].map((message) => message?.Body)).toEqual(['once', 'once', 'once']);
    expect(third?.Attributes).toEqual({ ApproximateReceiveCount: '3' });
  });

  test('wait for their delay', async () => {
    await sqs.send('later', { DelaySeconds: 5 });
    const early = await sqs.receive();
    const counts = await sqs.attributes();

    await sqs.clock.advance(5000);

    expect(early).toEqual([]);
    expect(counts).toMatchObject({ ApproximateNumberOfMessagesDelayed: '1', ApproximateNumberOfMessages: '0' });
    expect(await sqs.receive()).toMatchObject([{ Body: 'later' }]);
  });

  test('leave after the retention', async () => {
    await sqs.send('old');

    await sqs.clock.advance(4 * 24 * 3600 * 1000 + 1);

    expect(await sqs.receive()).toEqual([]);
  });

  test('a long poll ends with the message that comes, or empty when its time is over', async () => {
    const answered = sqs.poll();
    await sqs.send('here');
    const empty = sqs.poll();
    await sqs.clock.advance(20_000);

    expect(await answered).toMatchObject({ Messages: [{ Body: 'here' }] });
    expect(await empty).toEqual({});
  });

  test('that nobody can handle go to the dead-letter queue, and back', async () => {
    const deadUrl = await sqs.createQueue(`${sqs.name}-dead`);
    const deadArn = `arn:aws:sqs:us-east-1:123456789012:${sqs.name}-dead`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 2 });
    sqs.url = await sqs.createQueue(`${sqs.name}-main`, { RedrivePolicy, VisibilityTimeout: '0' });
    await sqs.send('poison');

    const bodies = [await sqs.receive(), await sqs.receive(), await sqs.receive()].map((messages) => messages.length);
    const [dead] = await sqs.receive({ QueueUrl: deadUrl, VisibilityTimeout: 0, MessageSystemAttributeNames: ['All'] });
    await sqs.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));

    expect(bodies).toEqual([1, 1, 0]);
    expect(dead).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: `arn:aws:sqs:us-east-1:123456789012:${sqs.name}-main` },
    });
    expect(await sqs.receive()).toMatchObject([{ Body: 'poison' }]);
  });
});

describe('limits', () => {
  test('a body over 1 MiB, or with characters that SQS refuses, is refused', async () => {
    await expect(sqs.send('x'.repeat(1024 * 1024 + 1))).rejects.toThrow('Message must be shorter than 1048576 bytes');
    await expect(sqs.send('bell\u0007')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    await expect(sqs.send('')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('a batch tells each entry, and is refused as a whole when it is too large or repeats an id', async () => {
    const batch = (Entries: { Id: string; MessageBody: string }[]) =>
      sqs.client.send(new SendMessageBatchCommand({ QueueUrl: sqs.url, Entries }));

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
    const received = await sqs.receive();
    const Entries = received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    expect(
      (await sqs.client.send(new DeleteMessageBatchCommand({ QueueUrl: sqs.url, Entries }))).Successful,
    ).toHaveLength(1);
  });
});

test('a peer sends, receives, deletes and hears when a message may be received', async () => {
  const arn = `arn:aws:sqs:us-east-1:123456789012:${sqs.name}`;
  let calls = 0;
  const stopListening = sqs.peer.onSend(arn, () => {
    calls += 1;
  });

  await sqs.peer.send(arn, 'failed', { ErrorCode: '200' });
  const [first] = await sqs.peer.receive(arn, 10);
  await sqs.clock.advance(30_000);
  const [second] = await sqs.peer.receive(arn, 10);
  await sqs.peer.delete(arn, second?.receiptHandle ?? '');
  stopListening();
  await sqs.clock.advance(60_000);

  expect(calls).toBe(2);
  expect(first).toMatchObject({ body: 'failed', messageAttributes: { ErrorCode: { StringValue: '200' } } });
  expect(await sqs.peer.receive(arn, 10)).toEqual([]);
});
