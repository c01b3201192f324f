import { expect, test } from '@jest/globals';
import { aMinute, IDENTITY, minuteAt } from '../../test/a-minute.ts';
import { MemoryDeps } from '../../test/memory-deps.ts';
import { type FunctionNews, newsOf } from '../domain/news/function-news.ts';
import { assessNews } from './assess-news.ts';

const told = (...minutes: Parameters<typeof aMinute>[]): FunctionNews =>
  newsOf(IDENTITY, { windows: minutes.map((minute) => aMinute(...minute)) });
const healthy: readonly FunctionNews[] = Array.from({ length: 40 }, (_, minute) => told([minute]));
const failing = told([40, { errors: 15 }]);
const incident: readonly FunctionNews[] = [failing, told([41, { errors: 20 }])];

async function assessAll(memory: MemoryDeps, news: readonly FunctionNews[]): Promise<void> {
  for (const one of news) {
    const last = one.windows.at(-1);
    if (last !== undefined && 'figures' in last) memory.now = last.figures.start + 61_000;
    await assessNews(one, memory.deps);
  }
}

async function afterHealth(): Promise<MemoryDeps> {
  const memory = new MemoryDeps();
  await assessAll(memory, healthy);
  memory.steps = 0;
  return memory;
}

const changesIn = (memory: MemoryDeps) =>
  memory.published.map(({ Detail }) => {
    const { data, metadata } = JSON.parse(Detail);
    return { change: data.change, finding: data.finding, key: metadata.idempotencyKey };
  });

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

test('only findings of the last quarter of an hour are asked for, and only when one opens', async () => {
  const memory = await afterHealth();
  await assessAll(memory, incident);
  expect(memory.asked.open).toEqual([minuteAt(25)]);
});

test('figures of CloudWatch are asked for only where they can matter', async () => {
  const idle = await afterHealth();
  expect(idle.asked.metrics).toEqual([]);

  const reader = new MemoryDeps();
  reader.settings = { concurrencyLimit: 5, sources: { streams: true, queues: false } };
  await assessAll(reader, healthy);
  expect(reader.asked.metrics).toHaveLength(healthy.length / 2);
  expect(new Set(reader.asked.metrics.flatMap(({ names }) => names))).toEqual(new Set(['IteratorAge', 'Throttles']));

  await assessAll(idle, [...incident, told([42])]);
  expect(idle.asked.metrics).toHaveLength(2);
  expect(idle.asked.metrics[0]).toMatchObject({ from: minuteAt(35), until: minuteAt(42) });
});

test('throttles that CloudWatch tells of open a finding of their own', async () => {
  const memory = new MemoryDeps();
  memory.settings = { concurrencyLimit: 5 };
  await assessAll(memory, healthy);
  memory.metrics = [{ start: minuteAt(40), throttles: 30 }];
  await assessAll(memory, [told([40])]);

  expect(changesIn(memory)).toMatchObject([{ finding: { class: 'throttling', causes: [{ kind: 'quota' }] } }]);
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

test('whether something polls a function is known to its rules, where its event sources are', async () => {
  const contextOf = async (settings: MemoryDeps['settings']) => {
    const memory = new MemoryDeps();
    memory.settings = settings;
    await assessAll(memory, healthy.slice(0, 1));
    return memory.stored(IDENTITY)!.context;
  };
  expect(await contextOf({ sources: { streams: false, queues: true } })).toMatchObject({ hasEventSource: true });
  expect(await contextOf({ sources: { streams: false, queues: false } })).toMatchObject({ hasEventSource: false });
  expect(await contextOf({})).not.toHaveProperty('hasEventSource');
});

test('settings that cannot be read hold no finding back: those that are known stand, and are read again five minutes later', async () => {
  const memory = await afterHealth();
  memory.settings = { timeoutMs: 3_000 };
  const deploy = { kind: 'deploy', id: 'd', at: minuteAt(40), version: '2' } as const;
  await assessNews(newsOf(IDENTITY, { facts: [deploy] }), memory.deps);
  let reads = 0;
  const throttled = async () => {
    reads++;
    throw new Error('TooManyRequestsException');
  };
  const deps = { ...memory.deps, settings: throttled };
  const again = { ...deploy, id: 'e', at: minuteAt(41), version: '3' };

  memory.now = minuteAt(42);
  await assessNews(newsOf(IDENTITY, { ...told([41, { errors: 20 }]), facts: [again] }), deps);
  expect(changesIn(memory)).toMatchObject([{ change: 'opened', finding: { class: 'bad-deploy' } }]);
  expect(memory.stored(IDENTITY)!.context).toMatchObject({ timeoutMs: 3_000 });
  expect(memory.warnings).toEqual(['settings could not be read: those that are known stand']);

  memory.now = minuteAt(45);
  await assessNews(told([42]), deps);
  expect(reads).toBe(1);
  memory.settings = { timeoutMs: 9_000 };
  memory.now = minuteAt(48);
  await assessNews(told([43]), memory.deps);
  expect(memory.stored(IDENTITY)!.context).toMatchObject({ timeoutMs: 9_000 });
});

test('an alarm asks CloudWatch for an hour, and not for as long as it stays on', async () => {
  const memory = await afterHealth();
  const alarm = { kind: 'alarm', id: 'a', at: minuteAt(40), alarmName: 'low', state: 'ALARM' } as const;
  const asked = async (minute: number) => {
    const before = memory.asked.metrics.length;
    memory.now = minuteAt(minute) + 61_000;
    await assessNews(told([minute]), memory.deps);
    return memory.asked.metrics.length - before;
  };
  await assessNews(newsOf(IDENTITY, { facts: [alarm] }), memory.deps);
  expect(await asked(60)).toBe(1);
  expect(await asked(101)).toBe(0);
  expect(memory.findings.size).toBe(1);
});

test('a busy function without a log is asked about at CloudWatch before anybody says that nobody calls it', async () => {
  const memory = new MemoryDeps();
  await assessAll(
    memory,
    Array.from({ length: 100 }, (_, minute) => told([minute])),
  );
  expect(memory.asked.metrics).toEqual([]);

  const quiet = { invocations: 0, durationMs: { sum: 0, max: 0 }, costUsd: 0 };
  for (let minute = 100; minute < 104; minute++) {
    // A minute's figures come two minutes after it.
    memory.metrics = [{ start: minuteAt(minute - 1), invocations: 30 }].filter(({ start }) => start >= minuteAt(100));
    await assessAll(memory, [told([minute, quiet])]);
  }

  expect(memory.asked.metrics[0]!.names).toEqual(['Invocations']);
  expect(changesIn(memory)).toMatchObject([{ change: 'opened', finding: { class: 'no-data' } }]);
});

test('however often another worker was faster, evidence and the model are asked once', async () => {
  const memory = await afterHealth();
  memory.settings = { sources: { streams: true, queues: false } };
  let advised = 0;
  let conflicts = 4;
  const { write } = memory.deps.assessments;
  const deps: typeof memory.deps = {
    ...memory.deps,
    assessments: {
      ...memory.deps.assessments,
      write: async (...args) => (conflicts-- > 0 ? 'conflict' : write(...args)),
    },
    adviser: async (finding) => {
      advised++;
      return finding;
    },
  };
  let at = minuteAt(41);
  await assessNews(failing, { ...deps, now: () => at++ });

  expect(conflicts).toBeLessThan(0);
  expect(changesIn(memory)).toMatchObject([{ change: 'opened' }]);
  expect({ traces: memory.asked.traces, calls: memory.asked.calls, advised }).toEqual({
    traces: 1,
    calls: 1,
    advised: 1,
  });
});
