import { afterEach, describe, expect, test } from '@jest/globals';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import { EnvironmentPool, type EnvironmentRequest } from './environment-pool.ts';
import type { FunctionEnvironment } from './function-environment.ts';

const pools: EnvironmentPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});

const configured = (functionName: string) => ({ functionName }) as FunctionConfiguration;

/** Time that moves when the test says so. */
function standingTime() {
  let now = 0;
  let timers: { readonly at: number; readonly work: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs: number, work: () => void) {
      const timer = { at: now + delayMs, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    /** What is due, and what the microtasks make of it. */
    async pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { work } of due) work();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** With `maxStarting`, an environment is ready when the test says so. */
function startPool(maxEnvironments = 10, maxStarting = Number.POSITIVE_INFINITY, maxAtWork = 10) {
  const ready: (() => void)[] = [];
  const started: string[] = [];
  const stopped: string[] = [];
  const outdated = new Set<FunctionConfiguration>();
  const time = standingTime();
  const pool = new EnvironmentPool({
    time,
    maxEnvironments,
    maxStarting,
    maxAtWork,
    idleMs: 60_000,
    isCurrent: (configuration) => !outdated.has(configuration),
    create: async (configuration) => {
      const accessKeyId = `${configuration.functionName}-${started.length}`;
      let alive = true;
      started.push(accessKeyId);
      if (Number.isFinite(maxStarting)) await new Promise<void>((resolve) => ready.push(resolve));
      const end = async () => {
        alive = false;
        stopped.push(accessKeyId);
      };
      return {
        configuration,
        accessKeyId,
        stop: end,
        worker: () => ({ isAlive: () => alive, kill: () => void end() }),
      } as unknown as FunctionEnvironment;
    },
  });
  pools.push(pool);
  const acquire = (configuration: FunctionConfiguration, request: Partial<EnvironmentRequest> = {}) =>
    pool.acquire({ configuration, waitsFor: 'place', beforeStart: () => {}, ...request });
  return { pool, started, stopped, outdated, ready, time, acquire };
}

describe('execution environments', () => {
  test('serve again after an invocation, and start anew beside a busy one', async () => {
    const { pool, started, acquire } = startPool();
    const lamp = configured('lamp');
    const first = await acquire(lamp);
    const second = await acquire(lamp);
    await pool.release(first.environment);

    const third = await acquire(lamp);

    expect(started).toEqual(['lamp-0', 'lamp-1']);
    expect([first.isCold, second.isCold, third.isCold]).toEqual([true, true, false]);
    expect(third.environment).toBe(first.environment);
  });

  test('of an old configuration take nothing more', async () => {
    const { pool, stopped, outdated, acquire } = startPool();
    const [lamp, other] = [configured('lamp'), configured('other')];
    const busy = await acquire(lamp);
    await pool.release((await acquire(lamp)).environment);
    await pool.release((await acquire(other)).environment);
    outdated.add(lamp);

    await pool.retire();
    expect(stopped).toEqual(['lamp-1']);
    await pool.release(busy.environment);

    expect(stopped).toEqual(['lamp-1', 'lamp-0']);
  });

  test('make room for another function by ending the longest idle one', async () => {
    const { pool, stopped, acquire } = startPool(2);
    await pool.release((await acquire(configured('a'))).environment);
    await pool.release((await acquire(configured('b'))).environment);

    await acquire(configured('c'));

    expect(stopped).toEqual(['a-0']);
  });

  test('work no more at a time than the cores can carry, though warm ones are idle', async () => {
    const { pool, started, stopped, acquire } = startPool(10, Number.POSITIVE_INFINITY, 1);
    const [a, b] = [configured('a'), configured('b')];
    await pool.release((await acquire(a)).environment);
    const busy = await acquire(b);
    const waiting = acquire(a);
    expect(await Promise.race([waiting, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe('waits');

    await pool.release(busy.environment);

    expect((await waiting).isCold).toBe(false);
    expect([started, stopped]).toEqual([['a-0', 'b-1'], []]);
  });

  test('are not ended for a function that has as many: it waits for one of its own', async () => {
    const { pool, stopped, acquire } = startPool(2);
    const [a, b] = [configured('a'), configured('b')];
    const busy = await acquire(a);
    await pool.release((await acquire(b)).environment);
    const waiting = acquire(a);

    await pool.release(busy.environment);

    expect(await waiting).toEqual({ environment: busy.environment, isCold: false });
    expect(stopped).toEqual([]);
  });

  test('wait for a place where all are busy, except for a nested invocation', async () => {
    const { pool, started, acquire } = startPool(1);
    const lamp = configured('lamp');
    const busy = await acquire(lamp);
    const waiting = acquire(lamp);
    const nested = await acquire(configured('nested'), { waitsFor: 'nothing' });
    expect(started).toEqual(['lamp-0', 'nested-1']);
    await pool.release(nested.environment);

    await pool.release(busy.environment);

    expect((await waiting).environment).toBe(busy.environment);
  });

  test('start no more at a time than the machine has cores; who waits takes what becomes free', async () => {
    const { pool, started, ready, time, acquire } = startPool(10, 1);
    const lamp = configured('lamp');
    const [first, second] = [acquire(lamp), acquire(lamp)];
    await time.pass(50);
    ready.shift()!();
    const { environment } = await first;
    pool.initialised(environment);
    await time.pass(20);

    await pool.release(environment);

    expect(await second).toEqual({ environment, isCold: false });
    expect(started).toEqual(['lamp-0']);
  });

  test('have their turn for three times as long as init took; of a function that is slower than that the next start at once', async () => {
    const { pool, started, ready, time, acquire } = startPool(10, 1);
    const lamp = configured('lamp');
    const [first] = [acquire(lamp), acquire(lamp), acquire(lamp)];
    await time.pass(50);
    ready.shift()!();
    pool.initialised((await first).environment);

    await time.pass(99);
    expect(started).toEqual(['lamp-0']);
    await time.pass(1);

    expect(started).toEqual(['lamp-0', 'lamp-1']);
  });

  test('are not started for one of many who wait before it has waited as long as a start takes', async () => {
    const { pool, started, ready, time, acquire } = startPool(10, 1);
    const lamp = configured('lamp');
    const first = acquire(lamp);
    await time.pass(50);
    ready.shift()!();
    const { environment } = await first;
    pool.initialised(environment);
    const second = acquire(lamp);
    await time.pass(20);
    const third = acquire(lamp);
    await pool.release(environment);
    expect((await second).isCold).toBe(false);
    await time.pass(30);
    const late = acquire(lamp);

    await time.pass(39);
    expect(started).toEqual(['lamp-0']);
    await time.pass(1);
    expect(started).toEqual(['lamp-0', 'lamp-1']);
    await pool.release(environment);
    ready.shift()!();

    expect([await third, await late].map(({ isCold }) => isCold)).toEqual([true, false]);
  });

  test('are started at once for one who finds all at work and nobody waiting', async () => {
    const { pool, started, ready, time, acquire } = startPool(10, 1);
    const lamp = configured('lamp');
    const first = acquire(lamp);
    await time.pass(50);
    ready.shift()!();
    const { environment } = await first;
    pool.initialised(environment);
    await pool.release(environment);
    expect((await acquire(lamp)).isCold).toBe(false);

    void acquire(lamp);

    expect(started).toEqual(['lamp-0', 'lamp-1']);
  });

  test('start beyond all places, each in its turn, for a caller whom a function may be waiting for', async () => {
    const { pool, started, ready, time, acquire } = startPool(1, 1);
    const [first, second] = [configured('a'), configured('b')].map((each) => acquire(each, { waitsFor: 'start' }));
    expect(started).toEqual(['a-0']);

    ready.shift()!();
    pool.initialised((await first!).environment);
    await time.pass(0);
    ready.shift()!();

    expect((await second!).isCold).toBe(true);
    expect([pool.holds('b-1'), pool.holds('c')]).toEqual([true, false]);
  });

  test('pass a place on that a throttled invocation could not use', async () => {
    const { pool, outdated, acquire } = startPool(1);
    const [lamp, other] = [configured('lamp'), configured('other')];
    const busy = await acquire(lamp);
    const beforeStart = () => {
      throw new Error('throttled');
    };
    const throttled = acquire(other, { beforeStart });
    const patient = acquire(other);
    outdated.add(lamp);

    await pool.release(busy.environment);

    await expect(throttled).rejects.toThrow('throttled');
    expect((await patient).isCold).toBe(true);
  });

  test('are killed by their access key', async () => {
    const { pool, stopped, acquire } = startPool();
    await acquire(configured('lamp'));

    expect([pool.kill('lamp-0'), pool.kill('unknown')]).toEqual([true, false]);
    expect(stopped).toEqual(['lamp-0']);
  });
});
