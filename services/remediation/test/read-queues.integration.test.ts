import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MappingSettings } from '@lamplighter/remedies';
import { startTestSandbox } from '@lamplighter/sandbox';
import { readQueues } from '../src/adapters/context/read-queues.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012';

let house: Awaited<ReturnType<typeof startTestSandbox>>;
let sqs: SQSClient;
beforeAll(async () => {
  house = await startTestSandbox({ startMs: Date.UTC(2026, 0, 15, 12) });
  sqs = house.sandbox.client(SQSClient);
  await sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: { VisibilityTimeout: '45' } }));
});
afterAll(() => house?.stop());

const mapping = (sourceArn: string): MappingSettings => ({ uuid: 'm', sourceArn, enabled: true, batchSize: 10 });

test('of a mapped queue is read how long it hides a message', async () => {
  const stream = mapping('arn:aws:kinesis:us-east-1:123456789012:stream/s');

  expect(await readQueues(sqs, [mapping(`${ARN}:jobs`), stream])).toEqual([
    { ...mapping(`${ARN}:jobs`), visibilityTimeoutS: 45 },
    stream,
  ]);
});
