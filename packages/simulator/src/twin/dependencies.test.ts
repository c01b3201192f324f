import { expect, test } from '@jest/globals';
import { createScenario } from '../scenario/parse-scenario.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';
import { Twin } from './twin.ts';

function run(input: ScenarioInput): Twin {
  const twin = new Twin(createScenario(input));
  twin.advanceTo(twin.endsAt);
  return twin;
}

/** A minute of traffic every seven minutes: environments, which live ten, stand all the while. */
const visits = (access: 'connections' | 'data-api'): Twin =>
  run({
    name: 'visits',
    duration: '70m',
    traffic: [{ to: 'shop', curve: { kind: 'csv', perMinute: `60\n${'0\n'.repeat(6)}`.repeat(10) } }],
    functions: { shop: { timeout: '60s', calls: [{ to: 'db', statements: 1 }] } },
    databases: { db: { minAcu: 0, pauseAfter: '5m', access } },
  });

const pausedSeconds = (twin: Twin): number => twin.series.get('db.acu').filter((acu) => acu === 0).length;

test('a database with open connections does not pause, whether or not statements come', () => {
  const twin = visits('connections');
  expect(pausedSeconds(twin)).toBeLessThan(60);
  expect(twin.parts.databases.get('db')!.connections).toBeGreaterThan(0);
});

test('a database that is asked through the Data API pauses between the statements', () => {
  expect(pausedSeconds(visits('data-api'))).toBeGreaterThan(600);
});

test('connections that nobody gives back wake a database, and keep it awake', () => {
  const leaking: ScenarioInput = {
    name: 'leak',
    duration: '30m',
    functions: { shop: {} },
    databases: { db: { minAcu: 0, pauseAfter: '5m' } },
    traffic: [{ to: 'shop', curve: { kind: 'constant', rate: '0/s' } }],
    faults: [{ kind: 'connection-pressure', target: 'db', at: '10m', until: '20m', perMinute: 10 }],
  };
  const acu = run(leaking).series.get('db.acu');
  expect([5, 12, 19, 23, 27].map((minute) => acu[minute * 60]! > 0)).toEqual([false, true, true, true, false]);
});

/** Share of the functions' invocations that fail where one writes and another reads at these rates for two minutes. */
function failing(writesPerSecond: number, readsPerSecond: number): { writer: number; reader: number } {
  const { functions } = run({
    name: 'table',
    duration: '2m',
    account: { concurrency: 20_000 },
    traffic: [
      { to: 'writer', curve: { kind: 'constant', rate: `${writesPerSecond}/s` } },
      { to: 'reader', curve: { kind: 'constant', rate: `${readsPerSecond}/s` } },
    ],
    functions: {
      writer: { cpuMs: 1, provisionedConcurrency: 3_000, calls: [{ to: 'items', writes: 1 }] },
      reader: { cpuMs: 1, provisionedConcurrency: 3_000, calls: [{ to: 'items', reads: 1 }] },
    },
    tables: { items: {} },
  }).parts;
  const share = (name: string): number => {
    const { ok, failed } = functions.get(name)!.counts();
    return failed / Math.max(1, ok + failed);
  };
  return { writer: share('writer'), reader: share('reader') };
}

test('reads that a table has room for are not throttled because of its writes, and do not hide that these are', () => {
  const alone = failing(8_000, 0);
  const together = failing(8_000, 9_000);
  expect(alone.writer).toBeGreaterThan(0.1);
  expect(together.writer).toBeCloseTo(alone.writer, 2);
  expect(together.reader).toBe(0);
});

test('a call that reads and writes fails where either is throttled', () => {
  const { functions } = run({
    name: 'both',
    duration: '2m',
    account: { concurrency: 20_000 },
    traffic: [{ to: 'both', curve: { kind: 'constant', rate: '8000/s' } }],
    functions: { both: { cpuMs: 1, provisionedConcurrency: 3_000, calls: [{ to: 'items', reads: 1, writes: 1 }] } },
    tables: { items: {} },
  }).parts;
  const { ok, failed } = functions.get('both')!.counts();
  expect(failed / (ok + failed)).toBeCloseTo(failing(8_000, 0).writer, 2);
});

test('a record that nobody can process holds its shard until it expires, and what it held expires with its age', () => {
  const twin = run({
    name: 'poisoned',
    duration: '5h',
    tick: '2s',
    traffic: [{ to: 'events', curve: { kind: 'constant', rate: '100/s' } }],
    functions: { consumer: {} },
    streams: { events: { mode: 'provisioned', shards: 2, retention: '1h' } },
    mappings: [{ from: 'events', to: 'consumer' }],
    faults: [{ kind: 'poison-message', target: 'events', at: '10m' }],
  });
  const age = twin.series.get('events.iteratorAgeMs');
  const { accepted, expired } = twin.parts.streams.get('events')!;
  const { processed, givenUp, waiting, inBatches } = twin.parts.streamMappings.get('events')!;
  expect(Math.max(...age)).toBeLessThanOrEqual(3_602_000);
  expect(age[(65 * 60) / 2]!).toBeGreaterThan(3_000_000);
  expect(Math.max(...age.slice((80 * 60) / 2))).toBeLessThan(10_000);
  expect(givenUp).toBe(0);
  expect(processed + waiting + inBatches + expired).toBe(accepted);
});
