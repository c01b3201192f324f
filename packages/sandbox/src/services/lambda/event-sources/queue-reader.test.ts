import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeQueues, fakeQueues } from '../testing/fake-sources.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:orders';
const SOURCE = `export const handler = async ({ Records }) => {
  console.log('BATCH ' + Records.map(({ body }) => body).join(','));
  if (process.env.MODE === 'throw' && Records.some(({ body }) => body === 'poison')) throw new Error('poison');
  if (process.env.MODE === 'name') return { batchItemFailures: Records.filter(({ body }) => body === 'poison').map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

let lambda: LoneLambda;
let queues: FakeQueues;
let denied: readonly string[];
beforeEach(async () => {
  denied = [];
  queues = fakeQueues();
  lambda = await startLoneLambda({ isAllowed: (action) => !denied.includes(action), others: { sqs: queues.peer } });
});
afterEach(() => lambda.stop());

const deploy = (mode: 'fine' | 'throw' | 'name') =>
  lambda.deploy('worker', SOURCE, { Environment: { Variables: { MODE: mode } } });
const map = (properties: Readonly<Record<string, unknown>> = {}) =>
  lambda.provide('AWS::Lambda::EventSourceMapping', { FunctionName: 'worker', EventSourceArn: QUEUE, ...properties });
const send = async (...bodies: readonly string[]) => {
  for (const body of bodies) await queues.peer.send(QUEUE, body);
};
const batches = () => lambda.messages('worker').flatMap((message) => /\tBATCH (.*)\n/.exec(message)?.[1] ?? []);

describe('a queue’s mapping', () => {
  test('sends up to ten messages together and deletes them when they are done', async () => {
    await deploy('fine');
    await send(...Array.from({ length: 12 }, (_, index) => String(index)));

    await map();
    await lambda.idle();

    expect(
      batches()
        .map((batch) => batch.split(',').length)
        .sort(),
    ).toEqual([10, 2]);
    expect(queues.left(QUEUE)).toEqual([]);
  });

  test('waits for a window where batches are larger than ten', async () => {
    await deploy('fine');
    await map({ BatchSize: 15, MaximumBatchingWindowInSeconds: 20 });
    await send('a', 'b');
    await lambda.idle();
    await lambda.clock.advance(19_999);
    expect(batches()).toEqual([]);

    await lambda.clock.advance(1);

    expect(batches()).toEqual(['a,b']);
  });

  test('leaves messages that failed until they are visible again', async () => {
    await deploy('throw');
    await map();
    await send('poison');
    await lambda.idle();
    await lambda.clock.advance(5_000);
    expect(batches()).toEqual(['poison']);

    queues.show();
    await lambda.clock.advance(1_000);

    expect(batches()).toEqual(['poison', 'poison']);
    expect(queues.left(QUEUE)).toEqual(['poison']);
  });

  test('deletes all but the messages that the function names', async () => {
    await deploy('name');
    await send('a', 'poison', 'b');

    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await lambda.idle();

    expect(queues.left(QUEUE)).toEqual(['poison']);
  });

  test('deletes messages that no filter matches, without the function', async () => {
    await deploy('fine');
    await send('{"kind":"a"}', '{"kind":"b"}');

    await map({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["b"]}}' }] } });
    await lambda.idle();

    expect(batches()).toEqual(['{"kind":"b"}']);
    expect(queues.left(QUEUE)).toEqual([]);
  });

  test.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'is refused where the function’s role lacks %s',
    async (action) => {
      denied = [action];
      await deploy('fine');

      await expect(map()).rejects.toThrow('does not have permissions to call');
    },
  );

  test('refuses what only streams have', async () => {
    await deploy('fine');

    await expect(map({ BisectBatchOnFunctionError: true })).rejects.toThrow('BisectBatchOnFunctionError');
  });
});
