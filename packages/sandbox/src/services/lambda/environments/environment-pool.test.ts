import { afterEach, describe, expect, test } from '@jest/globals';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import { EnvironmentPool, type EnvironmentRequest } from './environment-pool.ts';
import type { FunctionEnvironment } from './function-environment.ts';

const pools: EnvironmentPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});

const configured = (functionName: string) => ({ functionName }) as FunctionConfiguration;

/** With `maxStarting`, an environment is ready when the test says so. */
function startPool(maxEnvironments = 10, maxStarting = Number.POSITIVE_INFINITY) {
  const ready: (() => void)[] = [];
  const started: string[] = [];
  const stopped: string[] = [];
  const outdated = new Set<FunctionConfiguration>();
  const pool = new EnvironmentPool({
    maxEnvironments,
    maxStarting,
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
  return { pool, started, stopped, outdated, ready, acquire };
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
    const { pool, started, ready, acquire } = startPool(10, 1);
    const lamp = configured('lamp');
    const [first, second, third] = [acquire(lamp), acquire(lamp), acquire(lamp)];
    expect(started).toEqual(['lamp-0']);

    ready.shift()!();
    const { environment } = await first;
    expect(started).toEqual(['lamp-0']);
    pool.initialised(environment);
    await Promise.resolve();
    expect(started).toEqual(['lamp-0', 'lamp-1']);
    await pool.release(environment);

    expect(await third).toEqual({ environment, isCold: false });
    ready.shift()!();
    expect((await second).isCold).toBe(true);
    expect(started).toEqual(['lamp-0', 'lamp-1']);
  });

  test('start beyond all places, each in its turn, for a caller whom a function may be waiting for', async () => {
    const { pool, started, ready, acquire } = startPool(1, 1);
    const [first, second] = [configured('a'), configured('b')].map((each) => acquire(each, { waitsFor: 'start' }));
    expect(started).toEqual(['a-0']);

    ready.shift()!();
    pool.initialised((await first!).environment);
    await Promise.resolve();
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
