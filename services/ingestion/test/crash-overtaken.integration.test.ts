import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deliveries, expectedOf, FaultyDoor, RETRY_MS } from './crash-cases.ts';
import { payloadOf, startPipeline } from './deployed-pipeline.ts';

let faulty: FaultyDoor;
beforeAll(async () => {
  const pipeline = await startPipeline({ doors: ['direct'], startMs: Date.UTC(2026, 0, 15, 10, 11) });
  faulty = new FaultyDoor(pipeline, 'direct');
});
afterAll(() => faulty?.pipeline.stop());

test('a delivery that is overtaken while it writes what it believes, and dies then, leaves nothing of it', async () => {
  const { pipeline } = faulty;
  const [misleading, unmasking] = deliveries('overtaken').map(payloadOf) as [Buffer, Buffer];
  const held = faulty.inject({
    operation: 'PutItem',
    caller: (_who, { input }) => JSON.stringify(input).includes('"INVOCATION"'),
    times: 1,
    effect: { kind: 'delay', ms: 5_000 },
  });
  await pipeline.deliver('direct', [misleading]);
  await held.firstHit;

  const Payload = JSON.stringify({ awslogs: { data: unmasking.toString('base64') } });
  const FunctionName = 'lamplighter-ingestion-dev-ingest-direct';
  await pipeline.sandbox.client(LambdaClient).send(new InvokeCommand({ FunctionName, Payload }));
  const crash = faulty.inject({ operation: 'Query', times: 1, effect: { kind: 'crash-caller', when: 'before' } });
  await pipeline.clock.advance(5_000, { whileBusy: true });
  await crash.firstHit;
  await pipeline.sandbox.idle();
  const beforeRetry = await faulty.found('overtaken');
  await pipeline.settle(RETRY_MS);

  expect(beforeRetry).not.toBe(await expectedOf('overtaken'));
  expect(await faulty.found('overtaken')).toBe(await expectedOf('overtaken'));
});
