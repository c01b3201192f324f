import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MappingSettings } from '@lamplighter/remedies';
import { startTestSandbox } from '@lamplighter/sandbox';
import { readDeadLetters } from '../src/adapters/context/read-dead-letters.ts';
import { readQueues } from '../src/adapters/context/read-queues.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012';

let house: Awaited<ReturnType<typeof startTestSandbox>>;
let sqs: SQSClient;
beforeAll(async () => {
  house = await startTestSandbox({ startMs: Date.UTC(2026, 0, 15, 12) });
  sqs = house.sandbox.client(SQSClient);
  await sqs.send(
    new CreateQueueCommand({
      QueueName: 'jobs',
      Attributes: { VisibilityTimeout: '45', MessageRetentionPeriod: '900' },
    }),
  );
});
afterAll(() => house?.stop());

const mapping = (sourceArn: string): MappingSettings => ({ uuid: 'm', sourceArn, enabled: true, batchSize: 10 });

test('of a mapped queue is read how long it hides a message, and keeps it', async () => {
  const stream = mapping('arn:aws:kinesis:us-east-1:123456789012:stream/s');

  expect(await readQueues(sqs, [mapping(`${ARN}:jobs`), stream])).toEqual([
    { ...mapping(`${ARN}:jobs`), visibilityTimeoutS: 45, retentionS: 900 },
    stream,
  ]);
});

/** A queue that gives up into another one, and those beside it. */
async function deadLettersOf(name: string, { key, beside = [] }: { key?: string; beside?: readonly string[] }) {
  const keyed = key === undefined ? {} : { KmsMasterKeyId: key };
  await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dead`, Attributes: keyed }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${ARN}:${name}-dead`, maxReceiveCount: 3 });
  for (const QueueName of [name, ...beside])
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { RedrivePolicy } }));
  return readDeadLetters(sqs, [mapping(`${ARN}:${name}`)]);
}

test.each([
  ['alone', {}, [], []],
  ['with-others', { beside: ['bills', 'mails'] }, ['bills', 'mails'], []],
  ['with-a-key', { key: 'alias/ours' }, [], ['with-a-key-dead']],
])('of a dead-letter queue is read whose messages it holds, and whether a key encrypts it: %s', async (...row) => {
  const [name, queues, otherSources, keyed] = row;

  expect(await deadLettersOf(name, queues)).toEqual({
    queueArn: `${ARN}:${name}-dead`,
    sourceQueueArn: `${ARN}:${name}`,
    messages: 0,
    otherSources,
    keyed,
  });
});
