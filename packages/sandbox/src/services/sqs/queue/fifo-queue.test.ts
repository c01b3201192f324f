import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { QueueSuite } from '../testing/queue-suite.ts';

const sqs = new QueueSuite();

describe('a FIFO queue', () => {
  const group = (MessageGroupId: string, MessageDeduplicationId: string) => ({
    MessageGroupId,
    MessageDeduplicationId,
  });

  beforeEach(async () => {
    sqs.url = await sqs.createQueue(`${sqs.name}.fifo`, { FifoQueue: 'true' });
  });

  test('keeps each group in order and behind its message in flight', async () => {
    await sqs.send('a1', group('a', '1'));
    await sqs.send('a2', group('a', '2'));
    await sqs.send('b1', group('b', '3'));

    const [a1] = await sqs.receive({ MaxNumberOfMessages: 1 });
    const others = await sqs.receive();
    await sqs.client.send(new DeleteMessageCommand({ QueueUrl: sqs.url, ReceiptHandle: a1?.ReceiptHandle }));

    expect([a1?.Body, others.map(({ Body }) => Body)]).toEqual(['a1', ['b1']]);
    expect(await sqs.receive()).toMatchObject([{ Body: 'a2' }]);
  });

  test('takes a duplicate within five minutes for the same message', async () => {
    const first = await sqs.send('a', group('a', '1'));
    const duplicate = await sqs.send('a', group('a', '1'));
    await sqs.clock.advance(300_001);
    const later = await sqs.send('a', group('a', '1'));

    expect(duplicate.MessageId).toBe(first.MessageId);
    expect(later.MessageId).not.toBe(first.MessageId);
    expect(Number(later.SequenceNumber)).toBeGreaterThan(Number(first.SequenceNumber));
    expect(await sqs.attributes()).toMatchObject({ ApproximateNumberOfMessages: '2' });
  });

  test('needs a group and a way to tell duplicates', async () => {
    await expect(sqs.send('x')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(sqs.send('x', { MessageGroupId: 'a' })).rejects.toThrow('ContentBasedDeduplication');
  });
});
