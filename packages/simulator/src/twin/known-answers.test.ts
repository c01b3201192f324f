import { describe, expect, test } from '@jest/globals';
import { createScenario } from '../scenario/parse-scenario.ts';
import { oneFunction } from '../testing/scenarios.ts';
import { Twin } from './twin.ts';

function run(input: Parameters<typeof createScenario>[0]): Twin {
  const twin = new Twin(createScenario(input));
  twin.advanceTo(twin.endsAt);
  return twin;
}

const total = (twin: Twin, series: string): number => twin.series.get(series).reduce((sum, value) => sum + value, 0);

describe('the day of the workshop: 16,000 requests of 200 ms at 1 GB', () => {
  const day = (spec: object, rest: object = {}): Twin =>
    run(oneFunction({ rate: '16000/day', duration: '24h', arrivals: 'even', spec: { initMs: 500, ...spec }, rest }));
  const quiet = { assumptions: { initSpread: 0, environmentLifetimeMs: 0 } };

  test.each([
    ['x86_64', 0.0565],
    ['arm64', 0.0459],
  ] as const)('on %s costs $%d', (architecture, usd) => {
    const twin = day({ architecture }, quiet);
    expect(twin.parts.functions.get('work')!.counts().requests).toBe(16_000);
    expect(twin.parts.meter.total).toBeCloseTo(usd, 4);
  });

  test('with 1 % cold starts of 500 ms costs $0.0579', () => {
    const twin = day({}, { ...quiet, faults: [{ kind: 'cold-start-storm', target: 'work', at: '0s', pct: 1 }] });
    expect(total(twin, 'work.coldStarts')).toBeGreaterThanOrEqual(160);
    expect(total(twin, 'work.coldStarts')).toBeLessThanOrEqual(161);
    expect(twin.parts.meter.total).toBeCloseTo(0.0579, 4);
  });
});

test('a day in which nothing happens costs nothing', () => {
  const twin = run({
    name: 'idle',
    duration: '24h',
    tick: '10s',
    traffic: [{ to: 'api', curve: { kind: 'constant', rate: '0/s' } }],
    apis: { api: { to: 'work' } },
    functions: {
      work: {
        calls: [
          { to: 'items', reads: 1 },
          { to: 'db', statements: 1 },
        ],
      },
    },
    tables: { items: {} },
    databases: { db: { minAcu: 0 } },
  });
  expect(twin.parts.meter.total).toBe(0);
});

test.each([
  ['one by one', '20/s', 1_000],
  ['together', '2000/s', 0],
  ['together, in long ticks', '300/s', 0],
])("Little's law holds %s: requests under way are the rate times the time each takes", (_name, rate, exactUpTo) => {
  const spec = { waitMs: 350, spread: 0.5 };
  const twin = run(oneFunction({ rate, duration: '30m', spec, rest: { exactUpTo, account: { concurrency: 5_000 } } }));
  const seconds = 1800;
  const mean = twin.parts.functions.get('work')!.busyMs / (seconds * 1000);
  const perSecond = total(twin, 'work.invocations') / seconds;
  const eachSeconds = total(twin, 'work.durationMs') / total(twin, 'work.invocations') / 1000;
  expect(Math.abs(mean / (perSecond * eachSeconds) - 1)).toBeLessThan(0.01);
});

test('one by one and together agree on environments, cold starts, durations and cost', () => {
  const figures = (exactUpTo: number): number[] => {
    const spec = { waitMs: 250, spread: 0.4 };
    const twin = run(oneFunction({ rate: '80/s', duration: '20m', spec, rest: { exactUpTo } }));
    const environments = twin.series.get('work.environments').at(-1)!;
    return [environments, total(twin, 'work.coldStarts'), total(twin, 'work.durationMs'), twin.parts.meter.total];
  };
  const [exact, together] = [figures(10_000), figures(0)];
  for (const [index, tolerance] of [0.15, 0.25, 0.01, 0.01].entries())
    expect(Math.abs(together[index]! / exact[index]! - 1)).toBeLessThan(tolerance);
});

/** Share of calls that find `servers` busy, by the recursion of Erlang (1917). */
function erlangLoss(servers: number, offered: number): number {
  let loss = 1;
  for (let each = 1; each <= servers; each++) loss = (offered * loss) / (each + offered * loss);
  return loss;
}

test.each([
  ['one by one', '250ms', 10_000, 100, 110],
  ['together', '250ms', 0, 100, 110],
  ['together, in long ticks', '1s', 0, 100, 110],
  ['together, well below the limit', '250ms', 0, 900, 970],
  ['together, at the limit', '250ms', 0, 900, 900],
  ['together, beyond the limit', '250ms', 0, 900, 800],
])("what chance brings to a limit is throttled %s: Erlang's loss", (_name, tick, exactUpTo, offered, limit) => {
  const spec = { waitMs: 100, spread: 0, initMs: 0, reservedConcurrency: limit };
  const rest = { exactUpTo, tick, account: { concurrency: 5_000 } };
  const twin = run(oneFunction({ rate: `${10 * offered}/s`, duration: '10m', spec, rest }));
  const { requests, throttled } = twin.parts.functions.get('work')!.counts();
  const share = throttled / requests / erlangLoss(limit, offered);
  expect(share).toBeGreaterThan(0.75);
  expect(share).toBeLessThan(1.35);
});

test('a flood meets the scaling rate: 1,000 environments in ten seconds, the rest is throttled', () => {
  const twin = run(
    oneFunction({
      rate: '20000/s',
      duration: '1m',
      spec: { waitMs: 1_000 },
      rest: { account: { concurrency: 10_000 } },
    }),
  );
  const environments = twin.series.get('work.environments');
  expect(environments[0]).toBe(1_000);
  expect(environments[9]).toBe(1_000);
  expect(environments[59]).toBe(6_000);
  expect(total(twin, 'work.throttles')).toBeGreaterThan(500_000);
});

describe('a flood of short requests', () => {
  const flood = (spec: { provisionedConcurrency?: number }): readonly number[] => {
    const rest = { account: { concurrency: 10_000 } };
    return run(
      oneFunction({ rate: '60000/s', duration: '70s', spec: { waitMs: 20, initMs: 0, ...spec }, rest }),
    ).series.get('work.invocations');
  };

  test('is taken on by 10,000 requests a second in ten seconds', () => {
    const served = flood({});
    expect([0, 9, 10, 19, 20].map((second) => served[second])).toEqual([10_000, 10_000, 20_000, 20_000, 30_000]);
    expect(served[65]!).toBeGreaterThan(59_000);
  });

  test('meets no ramp where provisioned environments stand for it', () => {
    expect(flood({ provisionedConcurrency: 6_000 })[0]!).toBeGreaterThan(59_000);
  });
});

test('reserved concurrency is a cap, and what it serves is the cap by the duration', () => {
  const twin = run(oneFunction({ rate: '2000/s', spec: { reservedConcurrency: 100 } }));
  const { ok } = twin.parts.functions.get('work')!.counts();
  expect(ok / 600).toBeGreaterThan(0.95 * 500);
  expect(ok / 600).toBeLessThanOrEqual(500);
});

test('provisioned concurrency takes the cold starts away and is paid while it stands', () => {
  const with0 = run(oneFunction({ rate: '100/s' }));
  const with60 = run(oneFunction({ rate: '100/s', spec: { provisionedConcurrency: 60 } }));
  expect(total(with0, 'work.coldStarts')).toBeGreaterThan(15);
  expect(total(with60, 'work.coldStarts')).toBe(0);
  const standing = with60.parts.meter.usage().find(({ quantity }) => quantity === 'provisionedGbSecondsX86')!;
  expect(standing.amount).toBeCloseTo(60 * 600, 6);
});

test.each([
  ['one by one', 8, 10, 10_000],
  ['together', 8, 10, 0],
  ['together, a larger load', 50, 55, 0],
  ['one by one, more load than environments', 20, 10, 10_000],
])(
  'what provisioned environments carry is billed at their price, by Erlang, the rest on demand: %s',
  (_, offered, provisionedConcurrency, exactUpTo) => {
    const spec = { provisionedConcurrency };
    const twin = run(oneFunction({ rate: `${5 * offered}/s`, duration: '20m', spec, rest: { exactUpTo } }));
    const of = (wanted: string): number => twin.parts.meter.usage().find(({ quantity }) => quantity === wanted)!.amount;
    const share = of('provisionedRunGbSecondsX86') / (of('provisionedRunGbSecondsX86') + of('lambdaGbSecondsX86'));
    const carried = 1 - erlangLoss(provisionedConcurrency, offered);
    expect(Math.abs(share / carried - 1)).toBeLessThan(0.04);
  },
);

test('a memory that is changed within a minute is priced as each invocation had it', () => {
  const actions = [{ at: '4m30s', action: { kind: 'set-memory' as const, target: 'work', memoryMb: 3008 } }];
  const twin = new Twin(createScenario(oneFunction({ rate: '100/s', rest: { actions } })));
  const windows = twin.advanceTo(twin.endsAt);
  const sum = windows.reduce((usd, { costUsd }) => usd + costUsd, 0);
  expect(sum).toBeCloseTo(twin.parts.meter.total, 8);
  expect(windows.map(({ memorySizeMb }) => memorySizeMb).slice(3, 6)).toEqual([1024, 3008, 3008]);
});

/**
 * Need grows from 40 to 40,000 environments between minutes 1 and 5, by 2.88 % a second. From 3,474 on that is more than 100 a second: the pool
 * falls behind until it has all 40,000, 365 s later. The area between both, by the duration, is what is throttled: 11.3 million.
 */
test.each(['250ms', '1s', '2s'])(
  'a climb beyond the scaling rate throttles what the arithmetic says, in ticks of %s',
  (tick) => {
    const twin = run({
      name: 'climb',
      duration: '10m',
      tick,
      account: { concurrency: 60_000 },
      traffic: [{ to: 'work', curve: { kind: 'black-friday' } }],
      functions: { work: { cpuMs: 0, waitMs: 400, initMs: 350 } },
    });
    const growth = Math.log(1_000) / 240;
    const level = 100 / growth;
    const behind = Math.log(40_000 / level) / growth;
    const reached = level + 100 * behind;
    const climbing = (40_000 - level) / growth - (behind * (level + reached)) / 2;
    const level5 = ((40_000 - reached) * ((40_000 - reached) / 100)) / 2;
    const { throttled } = twin.parts.functions.get('work')!.counts();
    expect(Math.abs(throttled / ((climbing + level5) / 0.4) - 1)).toBeLessThan(0.05);
  },
);

test.each([10_000, 0])('a unit of concurrency serves ten requests a second, however short they are', (exactUpTo) => {
  const spec = { waitMs: 40, reservedConcurrency: 300 };
  const twin = run(oneFunction({ rate: '6000/s', duration: '1m', spec, rest: { exactUpTo } }));
  expect(twin.parts.functions.get('work')!.counts().ok).toBeLessThanOrEqual(3_000 * 60);
  expect(twin.parts.functions.get('work')!.counts().ok).toBeGreaterThan(0.97 * 3_000 * 60);
});
