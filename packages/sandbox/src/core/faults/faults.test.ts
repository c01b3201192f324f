import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { seededRandom } from './seeded-random.ts';
import { throttlingError } from './throttling-error.ts';

let started: TestSandbox;
let ssm: SSMClient;
let once: SSMClient;
let name: string;
let tests = 0;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['ssm', 'kms'] });
  ssm = started.sandbox.client(SSMClient, { retryStrategy: noDelay() });
  once = started.sandbox.client(SSMClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());
beforeEach(() => {
  tests += 1;
  name = `/faults/${tests}`;
});
afterEach(() => started.sandbox.faults.clear());

const put = (client: SSMClient, Overwrite = true) =>
  client.send(new PutParameterCommand({ Name: name, Value: 'x', Type: 'String', Overwrite }));
const get = (client: SSMClient) => client.send(new GetParameterCommand({ Name: name }));
const version = async () => (await get(ssm)).Parameter?.Version;

/** The SDK's retries, three attempts, without their waiting. */
function noDelay() {
  return {
    acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
    refreshRetryTokenForRetry: async (token: { getRetryCount(): number }) => {
      if (token.getRetryCount() >= 2) throw new Error('attempts are used up');
      return { getRetryCount: () => token.getRetryCount() + 1, getRetryDelay: () => 0 };
    },
    recordSuccess: () => undefined,
  };
}

describe('effects', () => {
  test('throttle is the service’s own error, and nothing is carried out', async () => {
    const fault = started.sandbox.faults.inject({
      service: 'ssm',
      operation: 'PutParameter',
      effect: { kind: 'throttle' },
    });
    await expect(put(once)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(fault.hits).toBe(1);
    fault.lift();
    await expect(get(once)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('an SDK rides out a throttle that ends', async () => {
    started.sandbox.faults.inject({ operation: 'PutParameter', times: 2, effect: { kind: 'throttle' } });
    await put(ssm);
    expect(await version()).toBe(1);
  });

  test('error is the error that is asked for', async () => {
    const effect = { kind: 'error', code: 'InternalServerError', status: 500, message: 'boom' } as const;
    started.sandbox.faults.inject({ operation: 'PutParameter', effect });
    await expect(put(once)).rejects.toMatchObject({
      name: 'InternalServerError',
      message: 'boom',
      $metadata: { httpStatusCode: 500 },
    });
  });

  test('timeout never answers until the caller gives up', async () => {
    const fault = started.sandbox.faults.inject({ operation: 'PutParameter', effect: { kind: 'timeout' } });
    const abort = new AbortController();
    const call = once.send(new PutParameterCommand({ Name: name, Value: 'x', Type: 'String' }), {
      abortSignal: abort.signal,
    });
    await fault.firstHit;
    abort.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    started.sandbox.faults.clear();
    await expect(get(once)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('timeout ends in a broken connection when the fault is lifted', async () => {
    const fault = started.sandbox.faults.inject({ operation: 'PutParameter', effect: { kind: 'timeout' } });
    const call = put(once);
    await fault.firstHit;
    fault.lift();
    await expect(call).rejects.toThrow('ECONNRESET');
  });

  test('duplicate is carried out twice, and answered once', async () => {
    started.sandbox.faults.inject({ operation: 'PutParameter', times: 1, effect: { kind: 'duplicate' } });
    expect((await put(once)).Version).toBe(1);
    expect(await version()).toBe(2);
  });

  test('drop-response is carried out although the caller sees a broken connection', async () => {
    started.sandbox.faults.inject({ operation: 'PutParameter', times: 1, effect: { kind: 'drop-response' } });
    await expect(put(once)).rejects.toThrow('ECONNRESET');
    expect(await version()).toBe(1);
  });

  test('delay is time of the sandbox’s clock', async () => {
    const fault = started.sandbox.faults.inject({ operation: 'PutParameter', effect: { kind: 'delay', ms: 60_000 } });
    const call = put(once);
    await fault.firstHit;
    await started.clock.advance(60_000);
    expect((await call).Version).toBe(1);
  });

  test.each([
    ['before', undefined],
    ['after', 1],
  ] as const)('crash-caller %s the call ends the environment that holds the keys', async (when, expected) => {
    const killed: string[] = [];
    const forget = started.sandbox.faults.onCrash((accessKeyId) => killed.push(accessKeyId) > 0);
    started.sandbox.faults.inject({ operation: 'PutParameter', times: 1, effect: { kind: 'crash-caller', when } });
    await expect(put(once)).rejects.toThrow('ECONNRESET');
    forget();
    expect(killed).toEqual([started.sandbox.credentials.accessKeyId]);
    const stored = await version().catch(() => undefined);
    expect(stored).toBe(expected);
  });
});

describe('which calls are hit', () => {
  const outcomes = async (count: number): Promise<string> => {
    const marks: string[] = [];
    for (let i = 0; i < count; i++)
      marks.push(
        await put(once).then(
          () => '.',
          () => 'x',
        ),
      );
    return marks.join('');
  };
  const throttle = { kind: 'throttle' } as const;

  test('the n-th', async () => {
    started.sandbox.faults.inject({ operation: 'PutParameter', nth: 3, effect: throttle });
    expect(await outcomes(5)).toBe('..x..');
  });

  test('the first few', async () => {
    started.sandbox.faults.inject({ operation: 'PutParameter', times: 2, effect: throttle });
    expect(await outcomes(4)).toBe('xx..');
  });

  test('those of one caller', async () => {
    started.sandbox.faults.inject({ caller: ({ roleArn }) => roleArn !== undefined, effect: throttle });
    expect(await outcomes(2)).toBe('..');
  });

  test('those of one service or operation', async () => {
    started.sandbox.faults.inject({ service: 'kms', effect: throttle });
    started.sandbox.faults.inject({ operation: 'GetParameter', effect: throttle });
    expect(await outcomes(2)).toBe('..');
    await expect(get(once)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('a share of them, the same with the same seed', async () => {
    const share = async (seed: number) => {
      const fault = started.sandbox.faults.inject({
        operation: 'PutParameter',
        probability: 0.5,
        seed,
        effect: throttle,
      });
      const marks = await outcomes(20);
      fault.lift();
      return marks;
    };
    const [first, again, other] = [await share(7), await share(7), await share(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(first).toContain('x');
    expect(first).toContain('.');
  });
});

test('a crash of nobody is a fault of the test, and told', async () => {
  const { sandbox, stop, reported } = await startTestSandbox({ services: ['ssm'] });
  sandbox.faults.inject({ effect: { kind: 'crash-caller', when: 'before' } });
  await expect(put(sandbox.client(SSMClient, { maxAttempts: 1 }))).rejects.toMatchObject({ name: 'InternalFailure' });
  expect(String(reported[0])).toContain('crash-caller has nothing to crash');
  await expect(stop()).rejects.toThrow('crash-caller has nothing to crash');
});

test('each service throttles in its own words', () => {
  expect(throttlingError('dynamodb').code).toBe('ProvisionedThroughputExceededException');
  expect(throttlingError('lambda')).toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  expect(throttlingError('s3')).toMatchObject({ code: 'SlowDown', status: 503 });
  expect(throttlingError('logs').code).toBe('ThrottlingException');
});

test('seeded numbers lie in [0, 1) and spread', () => {
  const random = seededRandom(42);
  const drawn = Array.from({ length: 10_000 }, random);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(drawn.reduce((sum, x) => sum + x, 0) / drawn.length).toBeCloseTo(0.5, 1);
});
