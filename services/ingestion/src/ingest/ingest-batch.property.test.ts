import { describe, expect, test } from '@jest/globals';
import type { LogBatch } from '@lamplighter/lambda-logs';
import fc from 'fast-check';
import { anyDeliveries } from '../../test/any-deliveries.ts';
import { type BusyStep, busyHistory } from '../../test/busy-history.ts';
import { MemoryTables } from '../../test/memory-ports.ts';
import { REQUESTS, sampleHistory } from '../../test/sample-history.ts';
import { ingestBatch } from './ingest-batch.ts';

async function tablesOf(deliveries: readonly LogBatch[]): Promise<MemoryTables> {
  const tables = new MemoryTables();
  for (const delivery of deliveries) await ingestBatch(delivery, tables.deps());
  return tables;
}

describe('ingestBatch', () => {
  test('tells what happened', async () => {
    const tables = await tablesOf(sampleHistory);

    expect([...tables.invocations.keys()].sort()).toEqual(
      [REQUESTS.cold, REQUESTS.python, REQUESTS.forger, REQUESTS.retried].sort(),
    );
    expect(tables.invocations.get(REQUESTS.cold)).toMatchObject({
      functionName: 'booking',
      attempts: [{ status: 'success', coldStart: true, initDurationMs: 210, durationMs: 120.5, messageCount: 1 }],
    });
    expect(tables.invocations.get(REQUESTS.python)).toMatchObject({
      functionName: 'pricing-py',
      attempts: [{ status: 'error', errorType: 'KeyError', logLines: 2, version: '7' }],
    });
    expect(tables.invocations.get(REQUESTS.forger)).toMatchObject({
      attempts: [{ durationMs: 120.5, memorySizeMb: 512, status: 'success' }],
    });
    expect(tables.invocations.get(REQUESTS.retried)!.attempts.map((attempt) => attempt.status)).toEqual([
      'error',
      'success',
    ]);
    expect(tables.messages.size).toBe(3);
  });

  test('ends in the same items whatever the order, the cuts and the repetitions', async () => {
    const expected = (await tablesOf(sampleHistory)).snapshot();
    await fc.assert(
      fc.asyncProperty(anyDeliveries, async (history) => {
        expect((await tablesOf(history)).snapshot()).toBe(expected);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('reads only the last minutes of a busy stream, and tells what the whole of it tells', async () => {
    const steps = fc.array(
      fc.oneof(
        { weight: 12, arbitrary: fc.constant<BusyStep>('plain') },
        {
          weight: 1,
          arbitrary: fc.constantFrom<BusyStep>(
            'error',
            'cold',
            'forges-own',
            'forges-other',
            'forges-whole',
            'forges-many',
            'late-line',
            'slow',
          ),
        },
      ),
      { minLength: 60, maxLength: 160 },
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(steps, cuts, async (plan, sizes) => {
        const whole = busyHistory(plan);
        const expected = (await tablesOf([whole])).snapshot();
        expect((await tablesOf(inOrder(whole, sizes))).snapshot()).toBe(expected);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test('ends in the same items when deliveries run side by side, in any interleaving', async () => {
    const expected = (await tablesOf(sampleHistory)).snapshot();
    await fc.assert(
      fc.asyncProperty(anyDeliveries, fc.scheduler(), async (history, scheduler) => {
        const tables = new MemoryTables((when) =>
          when === 'before' ? scheduler.schedule(Promise.resolve()) : Promise.resolve(),
        );
        const running = Promise.all(history.map((delivery) => ingestBatch(delivery, tables.deps())));
        await scheduler.waitFor(running);
        expect(tables.snapshot()).toBe(expected);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  test('ends in the same items when it crashes before and after every single call and is delivered again', async () => {
    const expected = (await tablesOf(sampleHistory)).snapshot();
    for (const [index, batch] of sampleHistory.entries()) {
      for (let crashAt = 0; ; crashAt += 1) {
        let call = 0;
        const tables = new MemoryTables(async () => {
          if (call++ === crashAt) throw new Error('crash');
        });
        const crashed = await ingestBatch(batch, tables.deps()).then(
          () => false,
          () => true,
        );
        if (!crashed) break;
        for (const other of sampleHistory.toSpliced(index, 1)) await ingestBatch(other, tables.deps());
        await ingestBatch(batch, tables.deps());
        expect(tables.snapshot()).toBe(expected);
      }
    }
  });
});

function inOrder(batch: LogBatch, sizes: readonly number[]): LogBatch[] {
  const parts: LogBatch[] = [];
  for (let at = 0, index = 0; at < batch.events.length; index += 1) {
    const size = sizes[index % sizes.length]!;
    parts.push({ ...batch, events: batch.events.slice(at, at + size) });
    at += size;
  }
  return parts;
}
