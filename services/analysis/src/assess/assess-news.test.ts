import { expect, test } from '@jest/globals';
import { aMinute, IDENTITY, minuteAt } from '../../test/a-minute.ts';
import { MemoryDeps } from '../../test/memory-deps.ts';
import { afterHealth, assessAll, changesIn, failing, healthy, incident, told } from '../../test/news-of-minutes.ts';
import { type FunctionNews, newsOf } from '../domain/news/function-news.ts';
import { assessNews } from './assess-news.ts';

test('a burst of errors is found, told once, and noted as told', async () => {
  const memory = await afterHealth();
  await assessAll(memory, incident);

  const [first, ...more] = changesIn(memory);
  expect(first).toMatchObject({ change: 'opened', finding: { class: 'error-burst', openedAt: minuteAt(40) } });
  expect(more.map(({ change }) => change)).not.toContain('opened');
  expect(memory.stored(IDENTITY)).toMatchObject({ untold: [] });
});

test('whoever dies before or after any call is followed by the same findings, and the same events with the same keys', async () => {
  const whole = await afterHealth();
  await assessAll(whole, incident);
  const expected = new Set(changesIn(whole).map(({ key }) => key));
  expect(expected.size).toBeGreaterThan(0);

  for (let at = 0; at < whole.steps; at++) {
    for (const when of ['before', 'after'] as const) {
      const memory = await afterHealth();
      memory.crash = { at, when };
      for (const one of incident) {
        memory.now = minuteAt(42);
        // What failed comes again, as the queue sees to it.
        await assessNews(one, memory.deps).catch(() => assessNews(one, memory.deps));
      }
      const keys = changesIn(memory).map(({ key }) => key);
      expect({ at, when, keys: new Set(keys) }).toEqual({ at, when, keys: expected });
      expect([...memory.findings.values()]).toEqual([...whole.findings.values()]);
      expect(memory.stored(IDENTITY)?.untold).toEqual([]);
    }
  }
});

test('two workers on one function lose nothing', async () => {
  const memory = await afterHealth();
  memory.now = minuteAt(43);
  await Promise.all([...incident, told([42])].map((one) => assessNews(one, memory.deps)));

  expect(new Set(changesIn(memory).map(({ finding }) => finding.findingId)).size).toBe(1);
  expect(memory.stored(IDENTITY)?.untold).toEqual([]);
  expect(
    memory
      .stored(IDENTITY)
      ?.state.pending.map(({ start }) => start)
      .slice(-3),
  ).toEqual([40, 41, 42].map(minuteAt));
});

test('while the bus is down what is untold is kept, and does not grow without end; then all of it is told, once each', async () => {
  const memory = await afterHealth();
  memory.isBusDown = true;
  const rises = Array.from({ length: 16 }, (_, step) => [
    told([40 + 30 * step, { errors: 15 }]),
    ...Array.from({ length: 14 }, (__, quiet) => told([41 + 30 * step + quiet])),
  ]).flat();
  const waiting: FunctionNews[] = [];
  for (const one of rises) await assessAll(memory, [one]).catch(() => void waiting.push(one));

  expect(memory.stored(IDENTITY)!.untold.length).toBeLessThanOrEqual(21);
  memory.isBusDown = false;
  await assessAll(memory, waiting);
  const keys = changesIn(memory).map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(20);
  expect(new Set(keys).size).toBe(keys.length);
  expect(memory.stored(IDENTITY)?.untold).toEqual([]);
});

test('a finding joins the group of another function, and stays in it when that one is over', async () => {
  const errorTypes = [{ fingerprint: 'f', template: 'too many connections', count: 15, exampleRequestId: 'r' }];
  const pressed = { errors: 15, errorTypes };
  const other = { ...IDENTITY, functionName: 'hotel-search' };
  const memory = await afterHealth();
  await assessAll(
    memory,
    healthy.map((one) => newsOf(other, { windows: one.windows })),
  );
  await assessAll(memory, [told([40, pressed])]);
  await assessAll(memory, [newsOf(other, { windows: [aMinute(42, pressed)] })]);
  await assessAll(
    memory,
    Array.from({ length: 20 }, (_, at) => told([41 + at])),
  );
  await assessAll(memory, [newsOf(other, { windows: Array.from({ length: 20 }, (_, at) => aMinute(43 + at)) })]);

  const changes = changesIn(memory).map(({ change, finding }) => ({ change, name: finding.resource.name }));
  expect(changes).toEqual([
    { change: 'opened', name: 'hotel-pay' },
    { change: 'opened', name: 'hotel-search' },
    { change: 'resolved', name: 'hotel-pay' },
    { change: 'resolved', name: 'hotel-search' },
  ]);
  expect(new Set(changesIn(memory).map(({ finding }) => finding.groupKey)).size).toBe(1);
});

test('a message that fails again and again is named, for a reader of messages alone', async () => {
  const memory = new MemoryDeps();
  memory.settings = { sources: { streams: true, queues: false } };
  memory.calls = Array.from({ length: 9 }, (_, at) => ({
    requestId: `r${at}`,
    startedAt: minuteAt(40) + at * 1_000,
    status: 'error',
    messages: [{ stream: 'orders', sequenceNumber: '4959033827149025660855969253836157109592157598913658' }],
  }));
  await assessAll(memory, [...healthy, failing]);

  expect(changesIn(memory)).toMatchObject([{ change: 'opened', finding: { class: 'poison-message' } }]);
  expect(changesIn(memory)[0]!.finding.causes[0].name).toContain('orders');

  const other = await afterHealth();
  const api = { ...other.deps, settings: async () => ({ sources: { streams: false, queues: false } }) };
  other.items.clear();
  for (const one of [...healthy, failing]) {
    other.now = minuteAt(41);
    await assessNews(one, api);
  }
  expect(other.asked.calls).toBe(0);
});

test('what was done last time stands in the next finding of the class', async () => {
  const memory = await afterHealth();
  const repair = {
    remediationId: 'r1',
    findingClass: 'error-burst',
    title: 'Go back to version 6',
    outcome: 'kept',
    endedAt: minuteAt(10),
    verification: { metric: 'errors', unit: '%', before: 40, after: 0.1, target: 1, windows: 3 },
  } as const;
  await assessNews(newsOf(IDENTITY, { repairs: [repair, repair] }), memory.deps);
  await assessAll(memory, incident);

  const lines = changesIn(memory)[0]!.finding.lookAt.map(({ text }: { text: string }) => text);
  expect(lines[0]).toBe(
    'What was done on 2026-01-15: Go back to version 6; it helped and was kept (errors 40 → 0.1 %).',
  );
  expect(memory.stored(IDENTITY)?.repairs).toEqual([repair]);
});

test('evidence that does not come keeps no finding back', async () => {
  const memory = await afterHealth();
  const broken = async () => {
    throw new Error('not today');
  };
  memory.now = minuteAt(42);
  const deps = { ...memory.deps, metrics: broken, calls: broken, traces: broken };
  for (const one of incident) await assessNews(one, deps);

  expect(changesIn(memory)).toMatchObject([{ finding: { class: 'error-burst' } }]);
  expect(new Set(memory.warnings)).toEqual(new Set(['evidence was asked for and did not come']));
});

test('minutes of years in one piece are taken in parts, each within a transaction', async () => {
  const memory = new MemoryDeps();
  const most: number[] = [];
  const write = memory.deps.assessments.write;
  const counted = {
    ...memory.deps,
    assessments: {
      ...memory.deps.assessments,
      write: (...args: Parameters<typeof write>) => {
        most.push(new Set(args[2].changes.map(({ finding }) => finding.findingId)).size);
        return write(...args);
      },
    },
  };
  const windows = Array.from({ length: 80 }, (_, at) => [
    aMinute(40 + 60 * at, { errors: 15 }),
    ...Array.from({ length: 12 }, (__, quiet) => aMinute(41 + 60 * at + quiet)),
  ]).flat();
  memory.now = minuteAt(80 * 60);
  await assessNews(newsOf(IDENTITY, { windows: [...healthy.flatMap((one) => one.windows), ...windows] }), counted);

  expect(memory.findings.size).toBeGreaterThan(70);
  expect(Math.max(...most)).toBeLessThan(100);
});
