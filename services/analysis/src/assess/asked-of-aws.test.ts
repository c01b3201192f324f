import { expect, test } from '@jest/globals';
import { IDENTITY, minuteAt } from '../../test/a-minute.ts';
import { MemoryDeps } from '../../test/memory-deps.ts';
import { afterHealth, assessAll, changesIn, failing, healthy, incident, told } from '../../test/news-of-minutes.ts';
import { newsOf } from '../domain/news/function-news.ts';
import { assessNews } from './assess-news.ts';

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

test("what the account's limit refuses is looked for where a function runs in many environments at once, though its logged calls are well", async () => {
  const at = (minute: number, maxConcurrency: number) => told([minute, { maxConcurrency }]);
  const narrow = new MemoryDeps();
  await assessAll(
    narrow,
    Array.from({ length: 40 }, (_, minute) => at(minute, 7)),
  );
  expect(narrow.asked.metrics).toEqual([]);

  const wide = new MemoryDeps();
  await assessAll(
    wide,
    Array.from({ length: 40 }, (_, minute) => at(minute, 8)),
  );
  expect(wide.asked.metrics).toHaveLength(20);
  expect(new Set(wide.asked.metrics.flatMap(({ names }) => names))).toEqual(new Set(['Throttles']));
  wide.metrics = [{ start: minuteAt(40), throttles: 12 }];
  await assessAll(wide, [at(40, 8)]);
  expect(changesIn(wide)).toMatchObject([{ change: 'opened', finding: { class: 'throttling' } }]);
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

test('without a trail a deploy is found when a finding opens: the function is asked once more, and only then', async () => {
  const before = { modifiedAt: minuteAt(-60), codeSha256: 'h1', settings: { memorySize: '512' } };
  const memory = new MemoryDeps();
  memory.settings = { released: before };
  await assessAll(memory, healthy);
  expect([...memory.changes.values()]).toMatchObject([{ kind: 'unknown', at: before.modifiedAt }]);

  memory.settings = { released: { ...before, modifiedAt: minuteAt(39), codeSha256: 'h2' } };
  await assessAll(memory, [told([40])]);
  expect(memory.changes.size).toBe(1);
  await assessAll(memory, [told([41, { errors: 20 }]), told([42, { errors: 20 }])]);

  expect([...memory.changes.values()].slice(1)).toMatchObject([
    { source: 'lambda', kind: 'code', version: '$LATEST', at: minuteAt(39), codeSha256: 'h2' },
  ]);
});

test('without a trail a setting that became another just before is told with the finding that it opened', async () => {
  const before = { modifiedAt: minuteAt(-60), codeSha256: 'h1', settings: { timeout: '30' } };
  const memory = new MemoryDeps();
  memory.settings = { released: before };
  await assessAll(memory, healthy);

  memory.settings = { released: { ...before, modifiedAt: minuteAt(39), settings: { timeout: '3' } } };
  await assessAll(memory, [told([40, { timeouts: 20 }])]);

  expect(changesIn(memory)).toMatchObject([
    { change: 'opened', finding: { class: 'timeouts', causes: [{ name: 'timeout' }] } },
  ]);
  expect(changesIn(memory)[0]!.finding.explanation).toContain('timeout was set 30 → 3');
});

test('settings that cannot be read leave what a trail tells of them as it was told', async () => {
  const memory = new MemoryDeps();
  memory.settings = { released: { modifiedAt: minuteAt(-60), codeSha256: 'h1', settings: { timeout: '30' } } };
  await assessAll(memory, healthy);
  const set = { kind: 'configuration-change', id: 's', at: minuteAt(39), setting: 'timeout', after: '3' } as const;
  const throttled = async () => {
    throw new Error('TooManyRequestsException');
  };
  memory.now = minuteAt(41);
  const deps = { ...memory.deps, settings: throttled };
  await assessNews(newsOf(IDENTITY, { ...told([40, { timeouts: 20 }]), facts: [set] }), deps);

  expect(changesIn(memory)[0]!.finding.explanation).toContain('timeout was set to 3');
});

test('a setting of $LATEST is no cause of what a published version does, nor one that was set nobody knows when before a deploy', async () => {
  const released = { modifiedAt: minuteAt(-60), codeSha256: 'h1', settings: { timeout: '30' } };
  const causesOf = async (version: string, codeSha256: string) => {
    const durationMs = { sum: 3_000, max: 100 };
    const byVersion = [{ version, invocations: 30, failures: 0, coldStarts: 0, durationMs, durationSketch: '' }];
    const memory = new MemoryDeps();
    memory.settings = { released };
    await assessAll(
      memory,
      Array.from({ length: 40 }, (_, minute) => told([minute, { byVersion }])),
    );
    memory.settings = { released: { modifiedAt: minuteAt(39), codeSha256, settings: { timeout: '3' } } };
    await assessAll(memory, [told([40, { timeouts: 20, byVersion }])]);
    return changesIn(memory)[0]!.finding.causes.map(({ name }: { name: string }) => name);
  };
  expect(await causesOf('$LATEST', 'h1')).toEqual(['timeout']);
  expect(await causesOf('$LATEST', 'h2')).not.toContain('timeout');
  expect(await causesOf('7', 'h1')).not.toContain('timeout');
});

test('what calls show for the first time is told as such, with what was before', async () => {
  const memory = await afterHealth();
  await assessAll(memory, [told([40, { memorySizeMb: 1024 }])]);

  expect([...memory.changes.values()]).toMatchObject([
    { source: 'logs', kind: 'configuration', at: minuteAt(40), settings: [{ before: '512', after: '1024' }] },
  ]);
});
