import { describe, expect, test } from '@jest/globals';
import type { LogBatch } from '@lamplighter/lambda-logs';
import fc from 'fast-check';
import { anyDeliveries } from '../../test/any-deliveries.ts';
import { MemoryTables } from '../../test/memory-ports.ts';
import { logBatch, sampleHistory } from '../../test/sample-history.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { ingestBatch } from '../ingest/ingest-batch.ts';
import { closeWindows } from './close-windows.ts';

/** How long SQS hides a message that failed, and Lambda waits before it tries again; milliseconds. */
const RETRY_MS = 60_000;
const FOREVER = Number.POSITIVE_INFINITY;

/** A pipeline whose processes die at the calls that are named by number, and come again. */
class MortalPipeline {
  readonly tables: MemoryTables;
  readonly #crashes: Set<number>;
  readonly #retryMs: number;
  #calls = 0;

  constructor(crashes: Iterable<number> = [], retryMs = RETRY_MS) {
    this.#retryMs = retryMs;
    this.#crashes = new Set(crashes);
    this.tables = new MemoryTables(async () => {
      if (this.#crashes.delete(this.#calls++)) throw new Error('crash');
    });
  }

  get calls(): number {
    return this.#calls;
  }

  async ingest(delivery: LogBatch): Promise<void> {
    await this.#untilDone(() => ingestBatch(delivery, this.tables.deps()));
  }

  /** Closes what is due until then. */
  async closeUntil(time: number): Promise<void> {
    const { windows } = this.tables;
    for (let closing = windows.takeDue(time); closing; closing = windows.takeDue(time)) {
      try {
        await closeWindows(closing, this.tables.closingDeps());
      } catch (error) {
        if (!(error instanceof Error && error.message === 'crash')) throw error;
        windows.queue.push({ closing, dueAt: windows.now + this.#retryMs });
      }
    }
    if (time !== FOREVER) windows.now = Math.max(windows.now, time);
  }

  async #untilDone(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Error && error.message === 'crash')) throw error;
        await this.closeUntil(this.tables.windows.now + this.#retryMs);
      }
    }
  }

  /** The newest figures of every minute in which something ran, as text; of all others only zeros may have been told. */
  newest(): string {
    const told = [...this.tables.windows.newest().values()].map(({ figures }) => figures);
    return told
      .filter(({ invocations, maxConcurrency = 0 }) => invocations > 0 || maxConcurrency > 0)
      .map((figures) => canonicalJson(figures))
      .sort()
      .join('\n');
  }
}

async function newestInOrder(): Promise<string> {
  const pipeline = new MortalPipeline();
  for (const delivery of sampleHistory) await pipeline.ingest(delivery);
  await pipeline.closeUntil(FOREVER);
  return pipeline.newest();
}

/** A history in deliveries of one event each, as they were written. */
function inTime(history: readonly LogBatch[]): LogBatch[] {
  const single = history.flatMap((batch) => batch.events.map((event) => ({ ...batch, events: [event] })));
  return single.sort((a, b) => a.events[0]!.timestamp - b.events[0]!.timestamp);
}

describe('closeWindows', () => {
  test('publishes each minute, and silence behind it for as long as the policy says', async () => {
    const pipeline = new MortalPipeline();
    for (const delivery of sampleHistory) await pipeline.ingest(delivery);
    await pipeline.closeUntil(FOREVER);

    const minutes = [...pipeline.tables.windows.newest().values()]
      .filter(({ figures }) => figures.functionName === 'booking')
      .map(({ revision, figures }) => [
        new Date(figures.start).toISOString().slice(11, 16),
        figures.invocations,
        revision,
      ]);
    expect(minutes.sort()).toEqual([
      ['09:59', 1, 0],
      ['10:00', 1, 0],
      ['10:01', 1, 0],
      ['10:02', 0, 0],
      ['10:03', 0, 0],
      ['10:04', 0, 0],
    ]);
    expect(pipeline.tables.windows.queue).toEqual([]);
  });

  test('ends in the same newest revisions whatever the order, the cuts, the repetitions and the pauses', async () => {
    const expected = await newestInOrder();
    const pauses = fc.array(fc.constantFrom(0, 0, 300, 5_000, 70_000), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(anyDeliveries, pauses, async (deliveries, waits) => {
        const pipeline = new MortalPipeline();
        for (const [index, delivery] of deliveries.entries()) {
          await pipeline.ingest(delivery);
          await pipeline.closeUntil(pipeline.tables.windows.now + waits[index % waits.length]!);
        }
        await pipeline.closeUntil(FOREVER);
        expect(pipeline.newest()).toBe(expected);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('ends in the same newest revisions when processes die at any calls', async () => {
    const expected = await newestInOrder();
    const crashes = fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 12 });
    const waits = fc.constantFrom(0, 700, 15_000, 70_000);
    await fc.assert(
      fc.asyncProperty(anyDeliveries, crashes, waits, async (deliveries, calls, wait) => {
        const pipeline = new MortalPipeline(calls);
        for (const delivery of deliveries) {
          await pipeline.ingest(delivery);
          await pipeline.closeUntil(pipeline.tables.windows.now + wait);
        }
        await pipeline.closeUntil(FOREVER);
        expect(pipeline.newest()).toBe(expected);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  test('ends in the same newest revisions when what comes in time dies before and after every single call', async () => {
    const lively = async (crash: number): Promise<MortalPipeline> => {
      const pipeline = new MortalPipeline([crash], 2_000);
      pipeline.tables.windows.now = sampleHistory[0]!.events[0]!.timestamp;
      for (const delivery of inTime(sampleHistory)) {
        await pipeline.closeUntil(delivery.events.at(-1)!.timestamp + 200);
        await pipeline.ingest(delivery);
      }
      await pipeline.closeUntil(FOREVER);
      return pipeline;
    };
    const unharmed = await lively(FOREVER);
    for (let crash = 0; crash < unharmed.calls; crash += 1)
      expect((await lively(crash)).newest()).toBe(unharmed.newest());
    expect(unharmed.newest()).toBe(await newestInOrder());
  });

  test('forgets what was forged, in whatever call the unmasking dies', async () => {
    const [host, ghost] = ['1', '9'].map((digit) => `${digit.repeat(8)}-1111-4111-8111-111111111111`);
    const whole = logBatch('/aws/lambda/booking', 'aaaa', [
      `START RequestId: ${host} Version: 7`,
      [95_000, `START RequestId: ${ghost} Version: 7`],
      [100_000, `END RequestId: ${host}`],
      `REPORT RequestId: ${host}\tDuration: 100000.00 ms\tBilled Duration: 100000 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t`,
    ]);
    const part = (...indexes: number[]) => ({ ...whole, events: indexes.map((index) => whole.events[index]!) });
    const unmasked = async (crash: number): Promise<MortalPipeline> => {
      const pipeline = new MortalPipeline([crash]);
      await pipeline.ingest(part(1));
      await pipeline.closeUntil(pipeline.tables.windows.now + 15_000);
      await pipeline.ingest(part(0, 2, 3));
      await pipeline.closeUntil(FOREVER);
      return pipeline;
    };
    const unharmed = await unmasked(FOREVER);
    expect(unharmed.newest()).not.toContain(ghost);
    for (let crash = 0; crash < unharmed.calls; crash += 1)
      expect((await unmasked(crash)).newest()).toBe(unharmed.newest());
  });

  test('ends in the same newest revisions when it dies before and after every single call', async () => {
    const expected = await newestInOrder();
    for (let crash = 0; ; crash += 1) {
      const pipeline = new MortalPipeline([crash]);
      for (const delivery of sampleHistory) {
        await pipeline.ingest(delivery);
        await pipeline.closeUntil(pipeline.tables.windows.now + 12_000);
      }
      await pipeline.closeUntil(FOREVER);
      expect(pipeline.newest()).toBe(expected);
      if (crash >= pipeline.calls) break;
    }
  });

  test('ends in the same newest revisions when closings and deliveries run side by side', async () => {
    const expected = await newestInOrder();
    await fc.assert(
      fc.asyncProperty(anyDeliveries, fc.scheduler(), async (deliveries, scheduler) => {
        const tables = new MemoryTables((when) =>
          when === 'before' ? scheduler.schedule(Promise.resolve()) : Promise.resolve(),
        );
        const closing = async () => {
          for (let taken = tables.windows.takeDue(FOREVER); taken; taken = tables.windows.takeDue(FOREVER))
            await Promise.all([closeWindows(taken, tables.closingDeps()), closeWindows(taken, tables.closingDeps())]);
        };
        const running = deliveries.map((delivery) => ingestBatch(delivery, tables.deps()).then(closing));
        await scheduler.waitFor(Promise.all(running));
        await scheduler.waitFor(closing());
        const pipeline = new MortalPipeline();
        pipeline.tables.windows.published.push(...tables.windows.published);
        expect(pipeline.newest()).toBe(expected);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
