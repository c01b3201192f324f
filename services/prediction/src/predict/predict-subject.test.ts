import { expect, test } from '@jest/globals';
import { BreachPredicted, type EventEntry, ProvisioningAdvised } from '@lamplighter/contracts';
import { MINUTE_MS, type NewMinute } from '@lamplighter/prediction';
import { lambdaWith } from '../../test/lambda-with.ts';
import { memoryTable } from '../../test/memory-table.ts';
import { sumMinutes } from '../domain/account-minutes.ts';
import type { Subject } from '../domain/subject.ts';
import type { PredictionPort } from '../ports.ts';
import { predictAccount } from './predict-account.ts';
import { type PredictDeps, predictSubject } from './predict-subject.ts';

const T0 = Date.UTC(2026, 0, 15);
const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };
const SHOP = { ...ACCOUNT, functionName: 'shop' };

const busy = (minute: number, environments: number): NewMinute => ({
  start: T0 + minute * MINUTE_MS,
  revision: 0,
  load: {
    calls: 600,
    busyMs: environments * MINUTE_MS,
    costUsd: 0.01,
    peak: environments,
    maxDurationMs: 100,
    coldStarts: 0,
    initMs: 0,
  },
});

type Deps = { -readonly [Key in keyof PredictDeps]: PredictDeps[Key] };

function deps(changed: Partial<PredictDeps> = {}): Deps & { published: EventEntry[] } {
  const published: EventEntry[] = [];
  return {
    published,
    predictions: memoryTable(),
    lambda: lambdaWith({ settings: async () => ({ unreservedConcurrency: 1_000 }) }),
    publish: async (entries) => void published.push(...entries),
    now: () => T0 + 60 * MINUTE_MS,
    ...changed,
  };
}

const keys = (entries: readonly EventEntry[]): string[] =>
  entries.map(({ Detail }) => JSON.parse(Detail).metadata.idempotencyKey as string);
const tenMinutes = Array.from({ length: 10 }, (_, minute) => busy(minute, 5));

test('what was stored and not told is told by the repetition, with the same keys, once', async () => {
  let isDown = true;
  const published: EventEntry[] = [];
  const lost: EventEntry[] = [];
  const its = deps({
    publish: async (entries) => {
      if (isDown) {
        lost.push(...entries);
        throw new Error('the bus is down');
      }
      published.push(...entries);
    },
  });

  await expect(predictSubject(SHOP, async () => tenMinutes, its)).rejects.toThrow('the bus is down');
  isDown = false;
  await predictSubject(SHOP, async () => tenMinutes, its);
  await predictSubject(SHOP, async () => tenMinutes, its);

  expect(keys(published)).toEqual(keys(lost));
  expect(keys(published)).toEqual(
    ['concurrency', 'invocations', 'duration'].map(
      (metric) => `${metric}/123456789012/us-east-1/shop/${T0 + 10 * MINUTE_MS}`,
    ),
  );
});

test('who wrote in between is read again, Lambda is not, and nothing is told twice', async () => {
  let reads = 0;
  const settings = async () => {
    reads++;
    return {};
  };
  const its = deps({ lambda: lambdaWith({ settings }) });
  await Promise.all([1, 2, 3].map(() => predictSubject(SHOP, async () => tenMinutes, its)));

  expect(reads).toBe(3);
  expect(new Set(keys(its.published)).size).toBe(3);
  expect((await its.predictions.read(SHOP)).stored?.untold).toEqual([]);
});

test('an account is the sum of its functions, up to the minute before the newest', async () => {
  const its = deps();
  await predictSubject(SHOP, async () => tenMinutes, its);
  await predictSubject({ ...SHOP, functionName: 'search' }, async () => tenMinutes, its);
  await predictAccount(ACCOUNT, T0 + 9 * MINUTE_MS, its);

  const { load } = (await its.predictions.read(ACCOUNT)).stored!.state;

  expect(load.newest).toBe(T0 + 8 * MINUTE_MS);
  expect(load.minutes[T0 + 8 * MINUTE_MS]?.load).toMatchObject({ calls: 1_200, peak: 10 });
});

test('an account that was summed already is not read again, unless something of it is untold', async () => {
  const memory = memoryTable();
  const reads: Subject[] = [];
  const predictions: PredictionPort = {
    ...memory,
    read(subject) {
      reads.push(subject);
      return memory.read(subject);
    },
  };
  const published: EventEntry[] = [];
  let isDown = true;
  const publish = async (entries: readonly EventEntry[]) => {
    if (isDown) throw new Error('the bus is down');
    published.push(...entries);
  };
  await predictSubject(SHOP, async () => tenMinutes, deps({ predictions: memory }));
  const account = () => predictAccount(ACCOUNT, T0 + 10 * MINUTE_MS, deps({ predictions, publish }));

  await expect(account()).rejects.toThrow('the bus is down');
  isDown = false;
  await account();
  await account();
  await account();

  expect(reads).toHaveLength(2);
  expect(published).toHaveLength(3);
});

test('a function with a reservation takes nothing of what the account shares', async () => {
  const its = deps({ lambda: lambdaWith({ settings: async () => ({ reservedConcurrency: 50 }) }) });
  await predictSubject(SHOP, async () => tenMinutes, its);
  await predictAccount(ACCOUNT, T0 + 9 * MINUTE_MS, its);

  const { load } = (await its.predictions.read(ACCOUNT)).stored!.state;

  expect(load.minutes[T0]?.load).toMatchObject({ calls: 600, peak: 0, busyMs: 5 * MINUTE_MS });
});

test('limits that cannot be read stay as they were, and one that is gone takes its breach with it', async () => {
  const answers = [{ reservedConcurrency: 300 }, undefined, {}];
  let minute = 0;
  const its = deps({
    lambda: lambdaWith({ settings: async () => answers[minute < 90 ? 0 : minute < 110 ? 1 : 2] }),
    now: () => T0 + (minute + 1) * MINUTE_MS,
  });
  const changes = () =>
    its.published
      .filter(({ DetailType }) => DetailType === 'BreachPredicted')
      .map(({ Detail }) => BreachPredicted.parse(JSON.parse(Detail)).data.change);
  const until = async (end: number) => {
    for (; minute < end; minute++) await predictSubject(SHOP, async () => [busy(minute, 20 + 2.5 * minute)], its);
  };

  await until(110);
  expect(changes()).toContain('predicted');
  expect(changes()).not.toContain('withdrawn');
  await until(130);
  expect(changes().at(-1)).toBe('withdrawn');
});

test('a function on arm64, and its account, cost what arm64 costs', async () => {
  const its = deps({
    lambda: lambdaWith({
      settings: async ({ functionName }) => (functionName === undefined ? {} : { architecture: 'arm64' }),
    }),
  });
  await predictSubject(SHOP, async () => tenMinutes, its);
  await predictAccount(ACCOUNT, T0 + 9 * MINUTE_MS, its);

  for (const subject of [SHOP, ACCOUNT]) {
    const { load } = (await its.predictions.read(subject)).stored!.state;
    // Of the cent, 600 requests are $0.00012.
    expect(load.minutes[T0]!.load.costUsd).toBeCloseTo(0.00012 + 0.8 * 0.00988, 6);
  }
});

test('what is provisioned for a function is taken from the account, idle or not, and what is beyond comes on top', async () => {
  const its = deps({
    lambda: lambdaWith({ provisioned: async ({ functionName }) => (functionName === 'shop' ? 400 : 0) }),
  });
  await predictSubject(SHOP, async () => tenMinutes, its);
  await predictSubject({ ...SHOP, functionName: 'search' }, async () => tenMinutes.slice(5), its);
  await predictAccount(ACCOUNT, T0 + 9 * MINUTE_MS, its);

  const { load } = (await its.predictions.read(ACCOUNT)).stored!.state;
  const busyAlone = sumMinutes(
    [{ functionName: 'shop', isReserved: false, provisioned: 400, minutes: [busy(0, 450)] }],
    T0 + MINUTE_MS,
  );

  expect(load.minutes[T0]!.load.peak).toBe(400);
  expect(load.minutes[T0 + 8 * MINUTE_MS]!.load).toMatchObject({ calls: 1_200, peak: 405 });
  expect(busyAlone[0]!.load.peak).toBe(450);
});

/** An hour of a function that is busy in office hours and, where no environments are kept ready, often cold. */
const officeHour = (hour: number, isWarm = false): NewMinute[] =>
  Array.from({ length: 60 }, (_, at) => {
    const environments = hour % 24 >= 8 && hour % 24 < 18 ? 20 : 2;
    const { start, load } = busy(hour * 60 + at, environments);
    const calls = environments * 300;
    const cold = isWarm ? { coldStarts: 0, initMs: 0 } : { coldStarts: calls / 50, initMs: calls * 18 };
    return { start, revision: 0, load: { ...load, calls, busyMs: calls * 100, costUsd: calls * 2e-6, ...cold } };
  });
const SETTINGS = { memoryMb: 1_024, architecture: 'arm64' } as const;
const advices = (entries: readonly EventEntry[]): ProvisioningAdvice[] =>
  entries
    .filter(({ DetailType }) => DetailType === 'ProvisioningAdvised')
    .map(({ Detail }) => ProvisioningAdvised.parse(JSON.parse(Detail)).data);
type ProvisioningAdvice = ReturnType<typeof ProvisioningAdvised.parse>['data'];

test('a schedule of provisioned concurrency is advised once, with its price and the latency it gives', async () => {
  let hour = 0;
  const its = deps({
    lambda: lambdaWith({ settings: async () => SETTINGS, alias: async () => ({ alias: 'live' }) }),
    now: () => T0 + hour * 60 * MINUTE_MS,
  });
  for (; hour < 60; hour++) await predictSubject(SHOP, async () => officeHour(Math.max(0, hour - 1)), its);

  const [advice, ...more] = advices(its.published);

  expect(more).toEqual([]);
  expect(advice).toMatchObject({
    advised: 'provisioned-concurrency',
    resource: { name: 'shop' },
    schedule: { functionName: 'shop', qualifier: 'live', actions: [{ concurrency: 20 }, { concurrency: 2 }] },
  });
  const of = Object.fromEntries(advice!.options.map((option) => [option.way, option]));
  expect(of['provisioned-concurrency']!.p99Ms).toBeLessThan(of.nothing!.p99Ms);
  expect(Object.keys(of).sort()).toEqual([
    'nothing',
    'provisioned-concurrency',
    'reserved-concurrency',
    'warm-up-pings',
  ]);
});

test('an advice that is followed is not taken back because it works', async () => {
  let hour = 0;
  const its = deps({ now: () => T0 + hour * 60 * MINUTE_MS });
  const isFollowed = () => advices(its.published).length > 0;
  its.lambda = lambdaWith({ settings: async () => SETTINGS, provisioned: async () => (isFollowed() ? 20 : 0) });
  for (; hour < 84; hour++)
    await predictSubject(SHOP, async () => officeHour(Math.max(0, hour - 1), isFollowed()), its);

  expect(advices(its.published)).toMatchObject([{ advised: 'provisioned-concurrency' }]);
});
