import { expect, test } from '@jest/globals';
import type { LogBatch } from '@lamplighter/lambda-logs';
import fc from 'fast-check';
import { anyDeliveries } from '../../test/any-deliveries.ts';
import { MemoryTables } from '../../test/memory-ports.ts';
import { logBatch, sampleHistory } from '../../test/sample-history.ts';
import { byMinute, wholeAt, windowsOf } from '../domain/windows/windows-of.ts';
import { ingestBatch } from '../ingest/ingest-batch.ts';
import { activeWindows } from './active-windows.ts';
import { auditedInvocations } from './audited-invocations.ts';
import { closeWindows } from './close-windows.ts';
import { readInvocations } from './read-invocations.ts';

const HOUR_MS = 3_600_000;
/** What the times of `logBatch` count from. */
const T0 = Date.UTC(2026, 0, 15, 9, 59, 30);
const times = sampleHistory.flatMap(({ events }) => events.map(({ timestamp }) => timestamp));
const FIRST = Math.floor(Math.min(...times) / HOUR_MS) * HOUR_MS;
const SPAN = { from: FIRST, until: Math.max(...times) + HOUR_MS };
const OWNERS = [...new Set(sampleHistory.map(({ logGroup }) => logGroup.replace('/aws/lambda/', '')))].map(
  (functionName) => ({ accountId: sampleHistory[0]!.owner, region: 'us-east-1', functionName }),
);

async function closeUntil({ windows, closingDeps }: MemoryTables, deps: ReturnType<typeof closingDeps>, time: number) {
  for (let closing = windows.takeDue(time); closing; closing = windows.takeDue(time)) await closeWindows(closing, deps);
  if (Number.isFinite(time)) windows.now = Math.max(windows.now, time);
}

/** Fails where what was closed and what the audit tells now are not the same. Gives how many invocations were read for it, and how many there are. */
async function compare(tables: MemoryTables): Promise<{ read: number; all: number }> {
  const { audit, windows } = tables.closingDeps();
  let read = 0;
  let all = 0;
  const counted: typeof audit = {
    byFunction: async (query) => {
      const items = await audit.byFunction(query);
      read += items.length;
      return items;
    },
    retried: audit.retried,
  };
  for (const owner of OWNERS) {
    const items = await readInvocations(owner, SPAN, audit);
    all += items.length;
    const deps = { audit: counted, windows, cheapInvocations: 1 };
    const minutes = byMinute(owner.functionName, items);
    const whole = [...minutes.keys()].reduce((sum, minute) => sum + wholeAt(minutes, minute), 0);
    expect(await auditedInvocations(owner, SPAN, { ...deps, audit })).toBe(whole);
    expect(await activeWindows(owner, SPAN, deps)).toEqual(windowsOf(owner.functionName, items, SPAN.from, SPAN.until));
  }
  return { read, all };
}

const untouched = () => new MemoryTables(async () => {});

test('what was closed is told as the audit tells it, at any time of any history', async () => {
  const pauses = fc.array(fc.constantFrom(0, 300, 5_000, 70_000, 400_000), { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(anyDeliveries, pauses, async (deliveries, waits) => {
      const tables = untouched();
      for (const [index, delivery] of deliveries.entries()) {
        await ingestBatch(delivery, tables.deps());
        await compare(tables);
        await closeUntil(tables, tables.closingDeps(), tables.windows.now + waits[index % waits.length]!);
        await compare(tables);
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

/** As many invocations as a busy minute has. */
const busyMinute = (start: number): LogBatch =>
  logBatch(
    '/aws/lambda/booking',
    'busy',
    Array.from({ length: 300 }, (_, index) => {
      const id = `${String(start + index).slice(-8)}-1111-4111-8111-111111111111`;
      const lines = [
        `START RequestId: ${id} Version: 7`,
        `END RequestId: ${id}`,
        `REPORT RequestId: ${id}\tDuration: 9.00 ms\tBilled Duration: 9 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t`,
      ];
      return lines.map((line): [number, string] => [start + index * 100 - T0, line]);
    }).flat(),
  );

test('of a busy hour, what was closed is not read again; what changes a day later is', async () => {
  const tables = untouched();
  const hour = Array.from({ length: 5 }, (_, minute) => busyMinute(FIRST + HOUR_MS + minute * 60_000));
  for (const delivery of hour) {
    tables.windows.now = delivery.events.at(-1)!.timestamp;
    await ingestBatch(delivery, tables.deps());
  }
  expect(await compare(tables)).toEqual({ read: 1_500, all: 1_500 });
  await closeUntil(tables, tables.closingDeps(), tables.windows.now + 10 * 60_000);
  expect(await compare(tables)).toEqual({ read: 0, all: 1_500 });

  tables.windows.now += 30 * HOUR_MS;
  const late = logBatch('/aws/lambda/booking', 'late', [
    [FIRST + HOUR_MS + 30_000 - T0, 'START RequestId: 22222222-1111-4111-8111-111111111111 Version: 7'],
  ]);
  await ingestBatch(late, tables.deps());
  const { read } = await compare(tables);
  expect(read).toBeGreaterThan(300);
  expect(read).toBeLessThan(700);
});
