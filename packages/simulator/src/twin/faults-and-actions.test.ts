import { describe, expect, test } from '@jest/globals';
import { FunctionWindow } from '@lamplighter/contracts';
import { reportOf } from '../report/simulation-report.ts';
import type { Action } from '../scenario/action.ts';
import { createScenario } from '../scenario/parse-scenario.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';
import { runWithAgent } from './agent.ts';
import { Twin } from './twin.ts';

/** A shop: a function behind an API, with a table, a database, a stream and a queue. */
const shop = (rest: Partial<ScenarioInput>): ScenarioInput => ({
  name: 'shop',
  duration: '25m',
  traffic: [{ to: 'api', curve: { kind: 'constant', rate: '100/s' } }],
  apis: { api: { to: 'shop' } },
  functions: {
    shop: {
      memoryMb: 512,
      timeout: '3s',
      memoryUsedMb: 200,
      calls: [
        { to: 'events', records: 1 },
        { to: 'mails', messages: 0.1 },
        { to: 'items', reads: 1, writes: 1 },
        { to: 'db', statements: 1 },
      ],
    },
    consumer: {},
    mailer: {},
  },
  streams: { events: { mode: 'provisioned', shards: 2 } },
  queues: { mails: { visibilityTimeout: '60s' } },
  mappings: [
    { from: 'events', to: 'consumer', bisectOnError: true },
    { from: 'mails', to: 'mailer' },
  ],
  databases: { db: { minAcu: 0.5, maxAcu: 2 } },
  tables: { items: {} },
  ...rest,
});

const withoutAction = new Map<object, Twin>();

/** Runs with the fault from minute 10 to 20 and, where there are any, the actions at minute 15. */
function run(fault: object, done: readonly Action[] = []): Twin {
  const known = done.length > 0 ? undefined : withoutAction.get(fault);
  if (known) return known;
  const actions = done.map((action) => ({ at: '15m', action }));
  const faults = [{ at: '10m', until: '20m', ...fault }];
  const twin = new Twin(createScenario(shop({ faults, actions } as Partial<ScenarioInput>)));
  twin.advanceTo(twin.endsAt);
  if (done.length === 0) withoutAction.set(fault, twin);
  return twin;
}

/** Mean of a series from one minute to another. */
function mean(twin: Twin, series: string, from: number, to: number): number {
  const part = twin.series.get(series).slice(from * 60, to * 60);
  return part.reduce((sum, value) => sum + value, 0) / part.length;
}

describe.each<[fault: object, series: string, done: readonly Action[]]>([
  [{ kind: 'error-rate', target: 'shop', pct: 30 }, 'shop.errors', []],
  [
    { kind: 'memory-leak', target: 'shop', mbPerMinute: 3_000 },
    'shop.errors',
    [{ kind: 'set-memory', target: 'shop', memoryMb: 3008 }],
  ],
  [{ kind: 'timeout-creep', target: 'shop', pctPerMinute: 2_000 }, 'shop.durationMs', []],
  [{ kind: 'cold-start-storm', target: 'shop', pct: 20 }, 'shop.coldStarts', []],
  [{ kind: 'throttled-dependency', target: 'items', pct: 80 }, 'shop.errors', []],
  [{ kind: 'slow-query', target: 'db', factor: 20 }, 'shop.durationMs', [{ kind: 'create-index', target: 'db' }]],
  [
    { kind: 'connection-pressure', target: 'db', perMinute: 300 },
    'shop.errors',
    [
      { kind: 'set-acu-range', target: 'db', minAcu: 1, maxAcu: 32 },
      { kind: 'reboot-database', target: 'db' },
    ],
  ],
  [
    { kind: 'bad-deploy', target: 'shop', errorPct: 40, weightPct: 60 },
    'shop.errors',
    [{ kind: 'set-alias-weight', target: 'shop', newVersionPct: 0 }],
  ],
  [
    { kind: 'poison-message', target: 'events' },
    'events.iteratorAgeMs',
    [{ kind: 'set-mapping', target: 'events', maximumRetries: 2 }],
  ],
])('%o', (fault, series, done) => {
  test('is felt while it lasts, and not before', () => {
    const twin = run(fault);
    const [before, during, after] = [mean(twin, series, 5, 10), mean(twin, series, 16, 20), mean(twin, series, 23, 25)];
    expect(during).toBeGreaterThan(3 * before + 1);
    expect(after).toBeLessThan(0.2 * during);
  });

  if (done.length > 0)
    test('ends with what is for it', () => {
      const twin = run(fault, done);
      expect(twin.applied).toEqual(done.map(() => expect.objectContaining({ outcome: { kind: 'applied' } })));
      expect(mean(twin, series, 17, 20)).toBeLessThan(
        0.2 * mean(twin, series, 14, 15) + 0.1 * mean(run(fault), series, 17, 20) + 0.5,
      );
    });
});

test('a poison message of a queue goes to the dead-letter queue after its receives', () => {
  const twin = run({ kind: 'poison-message', target: 'mails' });
  expect(twin.parts.queueMappings.get('mails')!.deadLettered).toBe(1);
});

test('messages that a function is too busy for use up their receives and end in the dead-letter queue', () => {
  const scenario = createScenario({
    name: 'flood',
    duration: '2h',
    traffic: [{ to: 'jobs', curve: { kind: 'constant', rate: '1/s' } }],
    functions: { worker: { waitMs: 5_000, reservedConcurrency: 1 } },
    queues: { jobs: { visibilityTimeout: '60s', maxReceiveCount: 3 } },
    mappings: [{ from: 'jobs', to: 'worker' }],
  });
  const twin = new Twin(scenario);
  twin.advanceTo(twin.endsAt);
  const { deleted, deadLettered } = twin.parts.queueMappings.get('jobs')!;
  expect(deleted / 7_200).toBeGreaterThan(0.19);
  expect(deadLettered / 7_200).toBeGreaterThan(0.75);
  // Three receives of a minute, each asked for at the beginning and after 1, 3, 7, 15 and 31 seconds.
  expect(twin.parts.functions.get('worker')!.counts().throttled / deadLettered).toBeLessThan(3 * 7);
  expect(Math.max(...twin.series.get('jobs.ageMs'))).toBeLessThan(200_000);
});

test('shards change once AWS is done with the change before, and ten times a day', () => {
  const shardsAt = (minutes: number): number => twin.series.get('events.shards')[minutes * 60]!;
  const change = (at: number, shards: number) => ({
    at: `${at}m`,
    action: { kind: 'set-shards' as const, target: 'events', shards },
  });
  const actions = [change(1, 4), change(2, 8), ...Array.from({ length: 10 }, (_, index) => change(10 + 3 * index, 4))];
  const twin = new Twin(createScenario(shop({ duration: '40m', actions, traffic: [] })));
  twin.advanceTo(twin.endsAt);
  const refusals = twin.applied.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.reason : ''));
  expect([shardsAt(2), shardsAt(4)]).toEqual([2, 4]);
  expect(refusals[1]).toContain('still being updated');
  expect(refusals.slice(2, 11)).toEqual(Array(9).fill(''));
  expect(refusals[11]).toContain('10 times in 24 hours');
});

test.each([
  [0.5, 1, 189],
  [0.5, 64, 2_000],
  [0, 16, 2_000],
  [1, 8, 1_669],
  [1, 64, 5_000],
])('a database of %d to %d ACU accepts %d connections', (minAcu, maxAcu, connections) => {
  const twin = new Twin(createScenario(shop({ databases: { db: { minAcu, maxAcu } } })));
  expect(twin.state().databases[0]!.maxConnections).toBe(connections);
});

test('another range gives a database no more connections before somebody reboots it', () => {
  const twin = new Twin(createScenario(shop({ databases: { db: { minAcu: 1, maxAcu: 8 } } })));
  twin.apply({ kind: 'set-acu-range', target: 'db', minAcu: 2, maxAcu: 16 });
  twin.advanceTo(twin.now + 600_000);
  const before = twin.state().databases[0];
  twin.apply({ kind: 'reboot-database', target: 'db' });

  expect(before).toMatchObject({ maxAcu: 16, maxConnections: 1_669 });
  expect(twin.state().databases[0]).toMatchObject({ maxAcu: 16, maxConnections: 3_360 });
});

test('a database that may pause does, and the first request waits for its resume', () => {
  const scenario = shop({
    duration: '60m',
    traffic: [{ to: 'shop', curve: { kind: 'csv', perMinute: `${'60\n'.repeat(5)}${'0\n'.repeat(30)}60\n60\n` } }],
    functions: { shop: { timeout: '60s', spread: 0, calls: [{ to: 'db', statements: 1 }] } },
    streams: {},
    queues: {},
    mappings: [],
    databases: { db: { minAcu: 0, pauseAfter: '5m' } },
  });
  const twin = new Twin(createScenario(scenario));
  const windows = twin.advanceTo(twin.endsAt);
  const start = Date.parse(twin.scenario.start);
  const minute35 = windows.find(({ start: at }) => at === start + 35 * 60_000)!;
  expect(minute35.durationMs.max).toBeGreaterThan(14_000);
  expect(minute35.durationMs.max).toBeLessThan(16_000);
  // Environments, which live ten minutes, let go of their connections in minute 15.
  expect(mean(twin, 'db.acu', 5, 19)).toBeGreaterThanOrEqual(0.5);
  expect(mean(twin, 'db.acu', 21, 35)).toBe(0);
  expect(mean(twin, 'db.acu', 53, 60)).toBe(0);
});

test('windows are those of the contract, and the report holds the truth about the faults', () => {
  const scenario = createScenario(shop({ faults: [{ kind: 'error-rate', target: 'shop', at: '10m' }] }));
  const twin = new Twin(scenario);
  const windows = twin.advanceTo(twin.endsAt);
  for (const window of windows) expect(FunctionWindow.parse(window)).toEqual(window);
  expect(new Set(windows.map(({ functionName }) => functionName))).toEqual(new Set(['shop', 'consumer', 'mailer']));
  const start = Date.parse(scenario.start);
  expect(reportOf(twin).faults).toEqual([
    { kind: 'error-rate', target: 'shop', onset: start + 600_000, end: start + 1_500_000 },
  ]);
});

test('the most under way in a minute is that of all functions at the same time', () => {
  const scenario = shop({ duration: '10m', traffic: [{ to: 'api', curve: { kind: 'constant', rate: '5/s' } }] });
  const twin = new Twin(createScenario(scenario));
  twin.advanceTo(twin.endsAt);
  const series = ['shop', 'consumer', 'mailer'].map((name) => twin.series.get(`${name}.concurrency`));
  const together = series[0]!.map((_, tick) => series.reduce((sum, values) => sum + values[tick]!, 0));
  const minutes = Array.from({ length: 10 }, (_, minute) =>
    Math.max(...together.slice(60 * minute, 60 * (minute + 1))),
  );
  expect(reportOf(twin).perMinute.concurrency).toEqual(minutes);
});

test('an agent between the ticks changes what happens, and arrivals stay the same', () => {
  const scenario = createScenario(shop({ faults: [{ kind: 'bad-deploy', target: 'shop', at: '5m', errorPct: 50 }] }));
  const alone = new Twin(scenario);
  alone.advanceTo(alone.endsAt);
  const helped = new Twin(scenario);
  runWithAgent(helped, (windows, state) => {
    const failing = windows.some(
      ({ functionName, errors, invocations }) => functionName === 'shop' && errors > 0.2 * invocations,
    );
    const isNew = state.functions.some(({ name, newVersionPct }) => name === 'shop' && newVersionPct > 0);
    return failing && isNew ? [{ kind: 'set-alias-weight', target: 'shop', newVersionPct: 0 }] : [];
  });
  expect(helped.series.get('shop.requests')).toEqual(alone.series.get('shop.requests'));
  expect(helped.parts.functions.get('shop')!.counts().failed).toBeLessThan(
    0.1 * alone.parts.functions.get('shop')!.counts().failed,
  );
  expect(helped.applied).toHaveLength(1);
});

test.each([
  [
    { kind: 'set-reserved-concurrency', target: 'shop', concurrency: 950 },
    "less than 100 of the account's concurrency would stay unreserved",
  ],
  [{ kind: 'set-shards', target: 'events', shards: 5 }, 'shards can at most be doubled or halved at a time'],
  [{ kind: 'set-alias-weight', target: 'shop', newVersionPct: 0 }, 'shop has no newer version'],
  [{ kind: 'set-memory', target: 'nobody', memoryMb: 512 }, 'there is no function nobody'],
] as const)('%o is refused as AWS would refuse it', (action, reason) => {
  const twin = new Twin(createScenario(shop({})));
  expect(twin.apply(action)).toEqual({ kind: 'refused', reason });
});
