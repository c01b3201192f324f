import { describe, expect, test } from '@jest/globals';
import { CompletenessMeasured, type EventEntry } from '@lamplighter/contracts';
import { MemoryTables } from '../../test/memory-ports.ts';
import { logBatch, report } from '../../test/sample-history.ts';
import { streamIdOf } from '../domain/stream-id.ts';
import { chunksOf } from '../domain/timeline-chunk.ts';
import { UnreadableLogGroup } from '../domain/unreadable-log-group.ts';
import { ingestBatch } from '../ingest/ingest-batch.ts';
import type { LedgerHour } from '../ports.ts';
import { type ReconcileAllDeps, reconcileCompleteness } from './reconcile-completeness.ts';

const HOUR = Date.UTC(2026, 0, 15, 9);
const MINUTE = Date.UTC(2026, 0, 15, 9, 59);
const NOW = Date.UTC(2026, 0, 15, 10, 10);
const WATCHED = {
  functionName: 'booking',
  accountId: '123456789012',
  region: 'us-east-1',
  logGroup: '/aws/lambda/booking',
};
const history = ['1', '2', '3'].map((digit) => {
  const id = `${digit.repeat(8)}-eeee-4eee-8eee-eeeeeeeeeeee`;
  return logBatch('/aws/lambda/booking', digit.repeat(4), [
    `START RequestId: ${id} Version: 1`,
    'served',
    `END RequestId: ${id}`,
    report(id),
  ]);
});

/** One of three invocations was audited; the log group holds all. `crashAt` breaks the caller off at the n-th gate. */
async function shortHour(crashAt = Number.POSITIVE_INFINITY, isReadable = true, logged = history) {
  let gates = Number.NEGATIVE_INFINITY;
  const gate = async () => {
    if (gates++ === crashAt) throw new Error('crash');
  };
  const tables = new MemoryTables(gate);
  await ingestBatch(history[0]!, tables.deps());
  const hours = new Map<number, LedgerHour>();
  const told: EventEntry[] = [];
  const metrics: number[] = [];
  let reads = 0;
  let lagging = 0;
  const gated = async <Result>(effect: () => Result): Promise<Result> => {
    await gate();
    const result = effect();
    await gate();
    return result;
  };
  const deps: ReconcileAllDeps = {
    accountId: WATCHED.accountId,
    ingest: tables.deps(),
    ledgerDays: 90,
    audit: {
      byFunction: () => gated(() => [...tables.invocations.values()].slice(lagging)),
      retried: () => gated(() => []),
    },
    ledger: {
      register: async () => {},
      functions: () => gated(() => [WATCHED]),
      record: (_watched, hour) => gated(() => void hours.set(hour.hour, hour)),
      hours: (_watched, range) =>
        gated(() => [...hours.values()].filter(({ hour }) => hour >= range.from && hour <= range.to)),
    },
    async *readLogGroup() {
      reads += 1;
      await gate();
      if (!isReadable) throw new UnreadableLogGroup(WATCHED.logGroup);
      for (const { logStream, events } of logged) yield { logStream, events };
    },
    publish: (entries) => gated(() => void told.push(...entries)),
    invocations: () => gated(() => new Map([['booking', new Map([[MINUTE, 3]])]])),
    rounds: { stoppedAt: async () => undefined, stop: async () => {} },
    remainingMs: () => 900_000,
    pause: async () => {
      lagging = 0;
    },
    metric: (functions) => gated(() => void metrics.push(...functions.map(({ completenessPct }) => completenessPct))),
  };
  gates = 0;
  const run = (hoursLater = 0) => reconcileCompleteness(NOW + hoursLater * 3_600_000, deps);
  const events = () => told.map((entry) => CompletenessMeasured.parse(JSON.parse(entry.Detail)));
  const lag = (items: number) => {
    lagging = items;
  };
  return { run, lag, deps, tables, hours, events, metrics, reads: () => reads };
}

describe('reconcileCompleteness', () => {
  test('finds a gap, fills it, and tells how it was before', async () => {
    const hour = await shortHour();

    await hour.run();

    expect(hour.tables.invocations.size).toBe(3);
    expect([...hour.hours.values()]).toEqual([
      { hour: HOUR, invoked: 3, audited: 3, completenessPct: 100, backfilled: 2 },
    ]);
    expect(hour.events().map(({ data }) => data)).toEqual([
      expect.objectContaining({ auditedBeforeBackfill: 1, completenessPctBeforeBackfill: 33.33, completenessPct: 100 }),
    ]);
    expect(hour.metrics).toEqual([100]);
  });

  test('looks no more at an hour that is complete', async () => {
    const hour = await shortHour();
    await hour.run();

    await hour.run();

    expect(hour.reads()).toBe(1);
    expect(hour.events()).toHaveLength(1);
  });

  test('repairs what deliveries that failed for good have left half done', async () => {
    const hour = await shortHour();
    const { timeline } = hour.tables.deps();
    for (const batch of history.slice(1)) {
      const streamId = streamIdOf({ ...batch, region: WATCHED.region });
      for (const events of [batch.events.slice(0, 3), batch.events.slice(3)])
        for (const chunk of chunksOf(events)) await timeline.put(streamId, chunk, 0);
    }

    await hour.run();

    expect(hour.tables.invocations.size).toBe(3);
  });

  test('waits for an index that lags behind a backfill', async () => {
    const hour = await shortHour();
    hour.lag(1);

    await hour.run();

    expect(hour.metrics).toEqual([100]);
  });

  test('misses an invocation of which only the beginning came', async () => {
    const hour = await shortHour();
    await ingestBatch({ ...history[1]!, events: history[1]!.events.slice(0, 2) }, hour.tables.deps());

    await hour.run();

    expect(hour.events()[0]?.data).toMatchObject({ auditedBeforeBackfill: 1, audited: 3 });
  });

  test("a log group that may not be read is a gap that is told, and fails nobody's round", async () => {
    const hour = await shortHour(Number.POSITIVE_INFINITY, false);

    await hour.run();

    expect([...hour.hours.values()]).toEqual([
      { hour: HOUR, invoked: 3, audited: 1, completenessPct: 33.33, backfilled: 0, unreadable: true },
    ]);
    expect(hour.events().map(({ data }) => data)).toEqual([
      expect.objectContaining({ audited: 1, completenessPct: 33.33 }),
    ]);
    expect(hour.metrics).toEqual([33.33]);
  });

  test('a gap that the log group does not hold is read once more hours later, and not every hour; it is told all the same', async () => {
    const hour = await shortHour(Number.POSITIVE_INFINITY, true, history.slice(0, 2));

    for (let later = 0; later < 20; later += 1) await hour.run(later);

    expect([...hour.hours.values()]).toMatchObject([{ hour: HOUR, invoked: 3, audited: 2, backfilled: 1 }]);
    // The one that brings something, and two that bring nothing.
    expect(hour.reads()).toBe(3);
    expect(hour.metrics).toEqual(Array.from({ length: 20 }, () => 66.67));
  });

  test('a gap that grows is read again', async () => {
    const hour = await shortHour(Number.POSITIVE_INFINITY, true, history.slice(0, 1));
    await hour.run();
    await hour.run(1);
    expect(hour.reads()).toBe(1);

    await reconcileCompleteness(NOW + 7_200_000, {
      ...hour.deps,
      invocations: async () => new Map([['booking', new Map([[MINUTE, 4]])]]),
    });
    expect(hour.reads()).toBe(2);
  });

  test('archives what it found once, and nothing that is known', async () => {
    const hour = await shortHour(Number.POSITIVE_INFINITY, true, history.slice(0, 2));
    for (const later of [0, 1, 8]) await hour.run(later);
    const archived = hour.tables.archived.flatMap(({ events }) => events.map(({ id }) => id));
    expect(archived.sort()).toEqual(
      history
        .slice(0, 2)
        .flatMap(({ events }) => events.map(({ id }) => id))
        .sort(),
    );
  });

  test("an hour's trouble holds up no other hour, and fails the run", async () => {
    const hour = await shortHour();
    const { publish } = hour.deps;
    const invocations = async () =>
      new Map([
        [
          'booking',
          new Map([
            [MINUTE - 7_200_000, 1],
            [MINUTE, 3],
          ]),
        ],
      ]);
    const deps: ReconcileAllDeps = {
      ...hour.deps,
      invocations,
      publish: async (entries) => {
        if (entries.some((entry) => entry.Detail.includes(`"hour":${HOUR - 7_200_000}`))) throw new Error('no');
        await publish(entries);
      },
    };
    await expect(reconcileCompleteness(NOW, deps)).rejects.toThrow('1 hours could not be reconciled');
    expect(hour.hours.get(HOUR)).toMatchObject({ completenessPct: 100 });
    expect(hour.metrics).toEqual([100]);
  });

  test('asks for no invocations of a Web Function, which has none', async () => {
    const hour = await shortHour();
    const asked: string[] = [];
    await reconcileCompleteness(NOW, {
      ...hour.deps,
      ledger: {
        ...hour.deps.ledger,
        functions: async () => [
          { ...WATCHED, functionName: 'web/shop' },
          { ...WATCHED, functionName: 'shop', logGroup: '/aws/lambda/web/shop' },
          WATCHED,
        ],
      },
      invocations: async (names) => {
        asked.push(...names);
        return new Map();
      },
    });
    expect(asked).toEqual(['booking']);
  });

  test('a round that runs out of time tells what it has, and the next goes on behind it', async () => {
    const hour = await shortHour();
    const names = ['a', 'b', 'c', 'd'];
    const looked: string[] = [];
    let stoppedAt: string | undefined;
    let remaining = 0;
    const deps: ReconcileAllDeps = {
      ...hour.deps,
      ledger: {
        ...hour.deps.ledger,
        functions: async () => names.map((functionName) => ({ ...WATCHED, functionName })),
        hours: async ({ functionName }) => {
          if (looked.at(-1) !== functionName) looked.push(functionName);
          remaining -= 200_000;
          return [];
        },
      },
      invocations: async () => new Map(names.map((name) => [name, new Map([[MINUTE, 1]])])),
      rounds: {
        stoppedAt: async () => stoppedAt,
        stop: async (_round, at) => {
          stoppedAt = at;
        },
      },
      remainingMs: () => remaining,
    };
    const round = async () => {
      remaining = 900_000;
      looked.length = 0;
      await reconcileCompleteness(NOW, deps);
      return looked.join('');
    };
    expect([await round(), await round(), await round()]).toEqual(['abc', 'dab', 'cda']);
    expect(hour.metrics).toHaveLength(9);
  });

  test('forgets no loss, whichever call it dies at', async () => {
    const whole = await shortHour();
    await whole.run();
    let crashes = 0;
    for (let crashAt = 0; ; crashAt += 1) {
      const hour = await shortHour(crashAt);
      const isThrough = await hour.run().then(
        () => true,
        () => false,
      );
      if (isThrough) break;
      crashes += 1;
      await hour.run();

      expect(hour.tables.snapshot()).toBe(whole.tables.snapshot());
      expect([...hour.hours.values()]).toEqual([...whole.hours.values()]);
      expect(new Set(hour.events().map(({ idempotencyKey }) => idempotencyKey))).toEqual(
        new Set(whole.events().map(({ idempotencyKey }) => idempotencyKey)),
      );
      expect(hour.metrics.at(-1)).toBe(100);
    }
    expect(crashes).toBeGreaterThan(40);
  });
});
