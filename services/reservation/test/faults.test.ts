import { describe, expect, test } from '@jest/globals';
import { ssmFaults } from '../src/adapters/ssm-faults.ts';
import type { CallDependency } from '../src/ports.ts';
import { isHit } from '../src/runtime/faults/chance.ts';
import { createEnvironmentFaults } from '../src/runtime/faults/environment-faults.ts';
import { type Faults, faultsSchema } from '../src/runtime/faults/faults-schema.ts';
import { orderedFaults } from '../src/runtime/faults/order.ts';
import { throttledCalls } from '../src/runtime/faults/throttle-fault.ts';

const INVOCATION = { functionName: 'ingest-messages', requestId: 'r-1', release: 'r1' };
const requests = Array.from({ length: 1_000 }, (_, index) => `r-${index}`);

function environment() {
  const slept: number[] = [];
  const faults = createEnvironmentFaults(async (ms) => void slept.push(ms));
  return { ...faults, slept };
}

describe('chance', () => {
  test('hits as often as it says, and the same again', () => {
    const hits = requests.filter((request) => isHit(20, 7, 'error', request));

    expect(hits.length).toBeGreaterThan(150);
    expect(hits.length).toBeLessThan(250);
    expect(requests.filter((request) => isHit(20, 7, 'error', request))).toEqual(hits);
    expect(requests.filter((request) => isHit(20, 8, 'error', request))).not.toEqual(hits);
  });

  test('never hits at 0 and always at 100', () => {
    expect(requests.some((request) => isHit(0, 1, request))).toBe(false);
    expect(requests.every((request) => isHit(100, 1, request))).toBe(true);
  });
});

describe('an execution environment', () => {
  test('is left alone without faults', async () => {
    const { strike, slept, leakedMb } = environment();
    await strike({ seed: 1 }, INVOCATION);

    expect([slept, leakedMb()]).toEqual([[], 0]);
  });

  test('fails requests at an error rate', async () => {
    const { strike } = environment();
    await expect(strike({ seed: 1, errorRate: { pct: 100 } }, INVOCATION)).rejects.toMatchObject({
      code: 'INJECTED_ERROR',
    });
  });

  test('leaks memory with each invocation', async () => {
    const { strike, leakedMb } = environment();
    for (let call = 0; call < 3; call += 1) await strike({ seed: 1, memoryLeak: { mbPerInvocation: 2 } }, INVOCATION);

    expect(leakedMb()).toBe(6);
  });

  test('grows slower with each invocation', async () => {
    const { strike, slept } = environment();
    for (let call = 0; call < 3; call += 1)
      await strike({ seed: 1, timeoutCreep: { msPerInvocation: 40 } }, INVOCATION);

    expect(slept).toEqual([40, 80, 120]);
  });

  test('starts slowly, once', async () => {
    const { strike, slept } = environment();
    for (let call = 0; call < 2; call += 1) await strike({ seed: 1, coldStarts: { initMs: 900 } }, INVOCATION);

    expect(slept).toEqual([900]);
  });

  test('fails in the release that is bad, and in no other', async () => {
    const { strike } = environment();
    const faults: Faults = { seed: 1, badRelease: { release: 'r2', pct: 100 } };

    await strike(faults, INVOCATION);
    await expect(strike(faults, { ...INVOCATION, release: 'r2' })).rejects.toMatchObject({ code: 'BAD_RELEASE' });
  });

  test('is left alone where others are meant', async () => {
    const { strike } = environment();
    await strike({ seed: 1, errorRate: { pct: 100, functions: ['ingest-files'] } }, INVOCATION);
  });
});

describe('a throttled dependency', () => {
  const call: CallDependency = (_, work) => work();
  const throttled = (pct: number) =>
    throttledCalls(call, () => ({
      functionName: 'ingest-messages',
      requestId: 'r-1',
      faults: { seed: 3, throttle: { dependency: 'dynamodb', pct } },
    }));

  test('refuses calls before they are made, and lets others through', async () => {
    const made: string[] = [];
    const work = async () => void made.push('made');

    await expect(throttled(100)({ dependency: 'dynamodb', statement: 'put' }, work)).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    await throttled(100)({ dependency: 's3', statement: 'put' }, work);
    expect(made).toHaveLength(1);
  });

  test('refuses some of a request’s calls, the same ones again', async () => {
    const outcomes = async () => {
      const limited = throttled(30);
      const calls = Array.from({ length: 60 }, () =>
        limited({ dependency: 'dynamodb', statement: 'get' }, async () => 'ok'),
      );
      return (await Promise.allSettled(calls)).map(({ status }) => status);
    };

    const first = await outcomes();
    expect(first).toEqual(await outcomes());
    expect(new Set(first).size).toBe(2);
  });
});

describe('the parameter', () => {
  const reader = (stage: string, texts: readonly string[]) => {
    const read: string[] = [];
    const lines: string[] = [];
    const clock: number[] = [];
    const client = {
      send: async () => {
        const Value = texts[Math.min(read.length, texts.length - 1)]!;
        read.push(Value);
        return { Parameter: { Value } };
      },
    };
    const faults = ssmFaults({
      client: client as never,
      parameter: 'p',
      stage,
      now: () => clock.reduce((sum, ms) => sum + ms, 0),
      log: (_level, message) => void lines.push(message),
    });
    return { faults, read, lines, pass: (ms: number) => void clock.push(ms) };
  };

  test('is read again after five seconds', async () => {
    const { faults, read, pass } = reader('dev', ['{}', '{"errorRate":{"pct":5}}']);

    expect(await faults()).toEqual({ seed: 1 });
    pass(4_999);
    await faults();
    expect(read).toHaveLength(1);
    pass(1);
    expect(await faults()).toEqual({ seed: 1, errorRate: { pct: 5 } });
  });

  test('is not read at all in prod', async () => {
    const { faults, read } = reader('prod', ['{"errorRate":{"pct":100}}']);

    expect(await faults()).toEqual({ seed: 1 });
    expect(read).toEqual([]);
  });

  test.each(['no JSON', '{"errorRate":{"pct":500}}', '{"unknown":1}'])(
    'injects nothing where it says %s',
    async (text) => {
      const { faults, lines } = reader('dev', [text]);

      expect(await faults()).toEqual({ seed: 1 });
      expect(lines).toHaveLength(1);
    },
  );
});

describe('an order', () => {
  test('sets and lifts single faults', () => {
    const known = { seed: 1, errorRate: { pct: 5 }, memoryLeak: { mbPerInvocation: 4 } };

    expect(orderedFaults('dev', known, { errorRate: null, throttle: { dependency: 'kms', pct: 9 } })).toEqual({
      seed: 1,
      memoryLeak: { mbPerInvocation: 4 },
      throttle: { dependency: 'kms', pct: 9 },
    });
  });

  test('is refused in prod, and where it is none', () => {
    expect(() => orderedFaults('prod', {}, {})).toThrow('prod');
    expect(() => orderedFaults('dev', {}, { errorRate: { pct: 101 } })).toThrow('errorRate.pct');
  });

  test('may name every fault', () => {
    expect(Object.keys(faultsSchema.shape).sort()).toEqual([
      'badRelease',
      'coldStarts',
      'connectionPool',
      'errorRate',
      'memoryLeak',
      'poisonMessages',
      'seed',
      'throttle',
      'timeoutCreep',
    ]);
  });
});
