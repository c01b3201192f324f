import {
  CancelMessageMoveTaskCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { QueueSuite } from '../testing/queue-suite.ts';

const sqs = new QueueSuite();

describe('a redrive', () => {
  let SourceArn = '';
  beforeEach(async () => {
    SourceArn = `arn:aws:sqs:us-east-1:123456789012:${sqs.name}`;
    await sqs.createQueue(`${sqs.name}-home`);
    for (let index = 0; index < 25; index += 1) await sqs.send(`lost ${index}`);
  });
  const start = (more: object = {}) =>
    sqs.client.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn: `arn:aws:sqs:us-east-1:123456789012:${sqs.name}-home`,
        ...more,
      }),
    );
  const newest = async () => (await sqs.client.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];

  test('moves at its rate, second by second', async () => {
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 10 });
    expect(await newest()).toMatchObject({
      TaskHandle,
      Status: 'RUNNING',
      ApproximateNumberOfMessagesMoved: 10,
      ApproximateNumberOfMessagesToMove: 25,
    });
    await expect(start()).rejects.toThrow('Only one active task');

    await sqs.clock.advance(2_000);

    expect(await newest()).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 25 });
    expect((await newest())?.TaskHandle).toBeUndefined();
  });

  test('can be cancelled half-way, and only then', async () => {
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 10 });
    await sqs.clock.advance(1_000);
    const cancel = () => sqs.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));

    expect((await cancel()).ApproximateNumberOfMessagesMoved).toBe(20);
    await sqs.clock.advance(10_000);

    expect(await newest()).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 20 });
    await expect(cancel()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('fails where its destination goes away', async () => {
    await start({ MaxNumberOfMessagesPerSecond: 1 });
    const { QueueUrl: home } = await sqs.client.send(new GetQueueUrlCommand({ QueueName: `${sqs.name}-home` }));
    await sqs.client.send(new DeleteQueueCommand({ QueueUrl: home }));

    await sqs.clock.advance(1_000);

    expect(await newest()).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining('QueueDoesNotExist'),
    });
  });

  test.each([0, 501, 1.5])('at %d messages a second is refused', async (MaxNumberOfMessagesPerSecond) => {
    await expect(start({ MaxNumberOfMessagesPerSecond })).rejects.toThrow('between 1 and 500');
  });
});
