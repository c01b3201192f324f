import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../core/service.ts';
import { type FakeQueues, fakeBuckets, fakeQueues } from '../testing/fake-sources.ts';
import { startGate } from '../testing/gate.ts';
import { invoke } from '../testing/invoke.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:failed';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:job';
const FAILING = `export const handler = async (event) => { throw new Error('broken ' + event.lamp) };`;
const MINUTE = 60_000;

let lambda: LoneLambda;
let queues: FakeQueues;
let buckets: ReturnType<typeof fakeBuckets>;
let busEvents: { readonly bus: string; readonly event: unknown }[];
let denied: readonly string[];
beforeEach(async () => {
  queues = fakeQueues();
  buckets = fakeBuckets();
  busEvents = [];
  denied = [];
  lambda = await startLoneLambda({
    isAllowed: (action) => !denied.includes(action),
    others: {
      sqs: queues.peer,
      s3: buckets.peer,
      events: { emit: () => undefined, putOnBus: async (bus, event) => void busEvents.push({ bus, event }) },
    },
  });
});
afterEach(() => lambda.stop());

const send = async (payload: unknown = { lamp: 1 }) => {
  await lambda.client.send(
    new InvokeCommand({ FunctionName: 'job', InvocationType: 'Event', Payload: JSON.stringify(payload) }),
  );
  await lambda.idle();
};
const configure = (properties: Readonly<Record<string, unknown>>) =>
  lambda.provide('AWS::Lambda::EventInvokeConfig', { FunctionName: 'job', Qualifier: '$LATEST', ...properties });
const starts = () => lambda.messages('job').filter((message) => message.startsWith('START')).length;
const total = (name: string) =>
  lambda.fake.metrics.filter(
    (metric) => metric.name === name && metric.dimensions.FunctionName && !metric.dimensions.Resource,
  ).length;

describe('an asynchronous invocation that fails', () => {
  test('is tried again after one minute and after two more, with the same request id', async () => {
    await lambda.deploy('job', FAILING);
    await send();
    expect(starts()).toBe(1);

    await lambda.clock.advance(MINUTE - 1);
    expect(starts()).toBe(1);
    await lambda.clock.advance(1);
    expect(starts()).toBe(2);
    await lambda.clock.advance(2 * MINUTE - 1);
    expect(starts()).toBe(2);
    await lambda.clock.advance(1);
    expect(starts()).toBe(3);
    await lambda.clock.advance(60 * MINUTE);
    expect(starts()).toBe(3);

    const ids = lambda.messages('job').flatMap((message) => /^START RequestId: (\S+)/.exec(message)?.[1] ?? []);
    expect(new Set(ids).size).toBe(1);
    expect(total('AsyncEventsReceived')).toBe(1);
    expect(total('AsyncEventsDropped')).toBe(1);
  });

  test('ends in the failure destination with AWS’s invocation record', async () => {
    await lambda.deploy('job', FAILING);
    await configure({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await send();
    await lambda.clock.advance(MINUTE);

    expect(queues.sent).toHaveLength(1);
    expect(JSON.parse(queues.sent[0]?.body ?? '')).toEqual({
      version: '1.0',
      timestamp: '2026-01-01T00:01:00.000Z',
      requestContext: {
        requestId: expect.any(String),
        functionArn: `${FUNCTION}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
      },
      requestPayload: { lamp: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'broken 1', trace: expect.any(Array) },
    });
  });

  test('ends early where its next attempt would be too late', async () => {
    await lambda.deploy('job', FAILING);
    await configure({ MaximumEventAgeInSeconds: 100, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await send();
    await lambda.clock.advance(MINUTE);

    expect(starts()).toBe(2);
    expect(JSON.parse(queues.sent[0]?.body ?? '').requestContext).toMatchObject({
      condition: 'EventAgeExceeded',
      approximateInvokeCount: 2,
    });
  });

  test('leaves its event in the dead-letter queue, with what went wrong as attributes', async () => {
    await lambda.deploy('job', FAILING, { DeadLetterConfig: { TargetArn: QUEUE } });
    await configure({ MaximumRetryAttempts: 0 });

    await send();

    expect(queues.sent).toEqual([
      {
        queueArn: QUEUE,
        body: '{"lamp":1}',
        attributes: { RequestID: expect.any(String), ErrorCode: '200', ErrorMessage: 'broken 1' },
      },
    ]);
  });

  test('is written to a bucket under Lambda’s own prefix', async () => {
    await lambda.deploy('job', FAILING);
    await configure({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::letters' } },
    });

    await send();

    const [key = ''] = [...buckets.objects.keys()];
    expect(key).toMatch(/^letters\/aws\/lambda\/async\/job\/2026\/01\/01\/2026-01-01T00\.00\.\d\d-[0-9a-f-]{36}$/);
    expect(JSON.parse(buckets.objects.get(key) ?? '').requestContext.condition).toBe('RetriesExhausted');
  });

  test('counts a destination that the role may not use, and the event is gone', async () => {
    denied = ['sqs:SendMessage'];
    await lambda.deploy('job', FAILING, { DeadLetterConfig: { TargetArn: QUEUE } });
    await configure({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await send();

    expect(queues.sent).toEqual([]);
    expect([total('DestinationDeliveryFailures'), total('DeadLetterErrors')]).toEqual([1, 1]);
  });
});

describe('an asynchronous invocation', () => {
  test('that succeeds reaches the success destination on a bus', async () => {
    const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/lamplighter';
    await lambda.deploy('job', 'export const handler = async (event) => ({ lit: event.lamp });');
    await configure({ DestinationConfig: { OnSuccess: { Destination: bus } } });

    await send();

    expect(busEvents).toEqual([
      {
        bus,
        event: {
          source: 'lambda',
          detailType: 'Lambda Function Invocation Result - Success',
          resources: [bus, `${FUNCTION}:$LATEST`],
          detail: expect.objectContaining({ responsePayload: { lit: 1 }, requestPayload: { lamp: 1 } }),
        },
      },
    ]);
  });

  test('that is throttled waits with growing patience until there is room', async () => {
    const gate = await startGate();
    await lambda.deploy('job', 'export const handler = async ({ gate }) => { if (gate) await fetch(gate); };', {
      ReservedConcurrentExecutions: 1,
      Timeout: 60,
    });
    const holder = invoke(lambda, 'job', { gate: gate.url });
    await gate.arrival();

    await send();
    await lambda.clock.advance(1_000);
    expect(total('Throttles')).toBe(2);
    gate.open();
    await holder;
    await lambda.clock.advance(1_999);
    expect(starts()).toBe(1);
    await lambda.clock.advance(1);

    expect(starts()).toBe(2);
    await gate.close();
  });

  test('of a function without concurrency goes to its destination untried', async () => {
    await lambda.deploy('job', FAILING, { ReservedConcurrentExecutions: 0 });
    await configure({ DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await send();

    expect(starts()).toBe(0);
    expect(JSON.parse(queues.sent[0]?.body ?? '')).toEqual({
      version: '1.0',
      timestamp: expect.any(String),
      requestContext: expect.objectContaining({ condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 }),
      requestPayload: { lamp: 1 },
    });
  });

  test('over 1 MB is refused', async () => {
    await lambda.deploy('job', FAILING);

    await expect(send({ text: 'x'.repeat(1_048_576) })).rejects.toThrow('too large');
  });

  test('chains to a function as its destination', async () => {
    await lambda.deploy('job', 'export const handler = async () => ({ lit: true });');
    await lambda.deploy(
      'next',
      'export const handler = async (event) => console.log(JSON.stringify(event.responsePayload));',
    );
    const { peer } = lambda;
    (lambda.fake.peers as { lambda: typeof peer }).lambda = peer;
    await configure({ DestinationConfig: { OnSuccess: { Destination: FUNCTION.replace('job', 'next') } } });

    await send();

    expect(lambda.messages('next').some((message) => message.endsWith('\t{"lit":true}\n'))).toBe(true);
  });
});

describe('destinations that are refused', () => {
  test.each([
    ['a FIFO topic', { OnFailure: { Destination: 'arn:aws:sns:us-east-1:123456789012:topic.fifo' } }],
    ['a FIFO queue', { OnFailure: { Destination: `${QUEUE}.fifo` } }],
    ['a bucket for success', { OnSuccess: { Destination: 'arn:aws:s3:::letters' } }],
  ])('%s', async (_name, DestinationConfig) => {
    await lambda.deploy('job', FAILING);

    await expect(configure({ DestinationConfig })).rejects.toThrow(ApiError);
  });
});
