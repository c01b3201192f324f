import { expect, test } from '@jest/globals';
import type { LogBatch, LogEvent } from '@lamplighter/lambda-logs';
import { MemoryTables } from '../../test/memory-ports.ts';
import { ingestBatch } from './ingest-batch.ts';

const FIRST_AT = Date.UTC(2026, 9, 8, 10);
const MINUTE_MS = 60_000;
const STREAM = {
  owner: '123456789012',
  logGroup: '/aws/lambda/search',
  logStream: '2026/10/08/[5]22be53a8cfde4e68b844f8ec293b2543',
  subscriptionFilters: [],
};

const idOf = (index: number): string => `${String(index).padStart(8, '0')}-9cdd-4145-b1f6-0123456789ab`;
const record = (type: string, more: object): string =>
  JSON.stringify({ time: 'x', type: `platform.${type}`, record: more });

interface Plan {
  readonly atMs: number;
  readonly durationMs: number;
}

/** A START, a line that names its request, and the report of a managed instance for each, in the order in which they were written. */
function eventsOf(plans: readonly Plan[]): LogEvent[] {
  const lines = plans.flatMap(({ atMs, durationMs }, index): [number, string][] => [
    [atMs, record('start', { requestId: idOf(index), version: '5' })],
    [atMs + durationMs / 2, JSON.stringify({ level: 'INFO', message: 'half way', requestId: idOf(index) })],
    [atMs + durationMs, record('report', { requestId: idOf(index), metrics: { durationMs }, status: 'success' })],
  ]);
  return lines
    .sort(([a], [b]) => a - b)
    .map(([at, message], index) => ({ id: String(index).padStart(56, '0'), timestamp: FIRST_AT + at, message }));
}

const deliveriesOf = (events: readonly LogEvent[], size: number): LogBatch[] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, at) => ({
    ...STREAM,
    events: events.slice(at * size, (at + 1) * size),
  }));

/** The tables, and how many minutes and chunks of the stream were read at most at once. */
async function ingested(deliveries: readonly LogBatch[], options = {}, tables = new MemoryTables()) {
  const deps = tables.deps();
  let widestMin = 0;
  let mostChunks = 0;
  const timeline: typeof deps.timeline = {
    ...deps.timeline,
    read: async (streamId, range) => {
      const chunks = await deps.timeline.read(streamId, range);
      widestMin = Math.max(widestMin, (range.to - range.from) / MINUTE_MS);
      mostChunks = Math.max(mostChunks, chunks.length);
      return chunks;
    },
  };
  for (const delivery of deliveries) await ingestBatch(delivery, { ...deps, timeline }, options);
  return { tables, widestMin, mostChunks };
}

/** What each invocation says, in few words: a difference of thousands can be read. */
const told = ({ invocations }: MemoryTables): string[] =>
  [...invocations.values()]
    .map(({ pk, attempts }) => [
      pk,
      ...attempts.map((one) => [one.startedAt, one.durationMs, one.logLines, one.status]),
    ])
    .map((row) => row.join(' '))
    .sort();

/** Twenty minutes: one every two seconds of three and a half, and among them some of minutes. */
const PLANS: Plan[] = Array.from({ length: 600 }, (_, index) => ({
  atMs: index * 2_000,
  durationMs: index % 150 === 50 ? 7 * MINUTE_MS : 3_500,
}));

test('an environment that runs many at once is told whole and right, however long it has been since its initialisation', async () => {
  const { tables } = await ingested(deliveriesOf(eventsOf(PLANS), 50));

  expect(tables.invocations.size).toBe(PLANS.length);
  for (const [index, { atMs, durationMs }] of PLANS.entries())
    expect(tables.invocations.get(idOf(index))?.attempts).toMatchObject([
      { startedAt: FIRST_AT + atMs, durationMs, logLines: 1, status: 'success', missing: [] },
    ]);
});

test('deliveries in another order, and again, end in the same items', async () => {
  const deliveries = deliveriesOf(eventsOf(PLANS.slice(0, 250)), 40);
  const { tables } = await ingested(deliveries);
  const mixed = deliveries.map((_, at) => deliveries[(at * 7) % deliveries.length]!);
  const other = await ingested([...mixed, ...mixed.slice(0, 5)]);
  expect(told(other.tables)).toEqual(told(tables));
});

test('a busy one is read by the minute, and a repair of its middle changes nothing that was right', async () => {
  const short = PLANS.map(({ atMs }) => ({ atMs, durationMs: 3_500 }));
  const deliveries = deliveriesOf(eventsOf(short), 50);
  const { tables, mostChunks } = await ingested(deliveries);
  expect(mostChunks).toBeLessThan(15);
  const before = told(tables);

  const { widestMin } = await ingested([deliveries[Math.floor(deliveries.length / 2)]!], { repair: true }, tables);

  expect(told(tables)).toEqual(before);
  expect(widestMin).toBeLessThan(10);
});

test('a late delivery is taken up where it belongs', async () => {
  const deliveries = deliveriesOf(eventsOf(PLANS.slice(0, 250)), 40);
  const { tables } = await ingested(deliveries);
  const late = await ingested([...deliveries.toSpliced(3, 1), deliveries[3]!]);
  expect(told(late.tables)).toEqual(told(tables));
});
