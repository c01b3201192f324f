import { expect, test } from '@jest/globals';
import { createScenario } from '../scenario/parse-scenario.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';
import { Twin } from '../twin/twin.ts';

const MINUTES = 10;

/** A producer that puts more than a consumer can take, for ten minutes. */
function consumed(given: {
  readonly from: Partial<ScenarioInput>;
  readonly mapping: object;
  readonly messages: number;
  readonly waitMs: number;
  readonly rest?: Partial<ScenarioInput>;
}): Twin {
  const key = given.from.queues ? 'messages' : 'records';
  const scenario = createScenario({
    name: 'consumer',
    duration: `${MINUTES}m`,
    account: { concurrency: 5_000 },
    traffic: [{ to: 'producer', curve: { kind: 'constant', rate: '10/s' } }],
    functions: {
      producer: { cpuMs: 0, waitMs: 5, calls: [{ to: 'source', [key]: given.messages } as never] },
      consumer: { cpuMs: 0, waitMs: given.waitMs, spread: 0.4, initMs: 0 },
    },
    mappings: [{ from: 'source', to: 'consumer', perRecordMs: 0, ...given.mapping }],
    ...given.from,
    ...given.rest,
  });
  const twin = new Twin(scenario);
  twin.advanceTo(twin.endsAt);
  return twin;
}

const mostAtOnce = (twin: Twin): number => Math.max(...twin.series.get('consumer.concurrency'));
const queue = { queues: { source: { visibilityTimeout: '5m' } } };

test.each([
  ['one by one, longer than a tick', 5, 2_500, 1, {}],
  ['one by one, as long as a tick', 5, 1_000, 1, {}],
  ['one by one, several in a tick', 5, 300, 10, {}],
  ['together', 200, 400, 10, { exactUpTo: 0 }],
  ['together, in long ticks', 200, 400, 10, { exactUpTo: 0, tick: '2s' }],
])('pollers that are never without messages are never idle: %s', (_, maximumConcurrency, waitMs, batchSize, rest) => {
  const mapping = { maximumConcurrency, batchSize };
  const full = (maximumConcurrency * batchSize * 1_000) / waitMs;
  const twin = consumed({ from: queue, mapping, messages: Math.ceil(full / 5), waitMs, rest });

  // Pollers grow by 300 a minute.
  const growing = Math.max(0, maximumConcurrency - 5) / 300;
  const { deleted } = twin.parts.queueMappings.get('source')!;
  expect(deleted / (full * 60 * (MINUTES - growing / 2))).toBeGreaterThan(0.9);
  expect(deleted / (full * 60 * (MINUTES - growing / 2))).toBeLessThan(1.03);
  expect(mostAtOnce(twin)).toBe(maximumConcurrency);
});

test.each([
  ['longer than a tick', 2_500],
  ['shorter than a tick', 300],
])("a stream's batches follow one another: %s", (_, waitMs) => {
  const twin = consumed({
    from: { streams: { source: { mode: 'provisioned', shards: 2 } } },
    mapping: { parallelization: 3, batchSize: 10 },
    messages: 60,
    waitMs,
  });
  const full = (2 * 3 * 10 * 1_000) / waitMs;
  const { processed } = twin.parts.streamMappings.get('source')!;
  expect(processed / (full * 60 * MINUTES)).toBeGreaterThan(0.9);
  expect(processed / (full * 60 * MINUTES)).toBeLessThan(1.03);
  expect(mostAtOnce(twin)).toBe(6);
});

test('a mapping of a queue without a maximum of its own has 1,250 at once', () => {
  expect(mostAtOnce(consumed({ from: queue, mapping: { batchSize: 1 }, messages: 500, waitMs: 10_000 }))).toBe(1_250);
});

test('a window fills batches, and a batch is received and deleted ten messages a call', () => {
  const twin = consumed({ from: queue, mapping: { batchSize: 1_000, window: '5s' }, messages: 10, waitMs: 100 });
  const { received } = twin.parts.queues.get('source')!;
  // Five pollers share 100 messages a second.
  const perBatch = received / twin.parts.functions.get('consumer')!.counts().ok;
  expect(perBatch).toBeGreaterThan(80);
  expect(perBatch).toBeLessThan(120);
  const requests = twin.parts.meter.usage().find(({ quantity }) => quantity === 'queueRequests')!.amount;
  expect(requests / received).toBeCloseTo(1 + 2 / 10, 1);
});

test('of what is asked for in shares nothing is lost to rounding', () => {
  const arrived = (rest: object) => {
    const twin = new Twin(
      createScenario({
        name: 'shares',
        duration: '1h',
        traffic: [{ to: 'producer', curve: { kind: 'constant', rate: '1/s', arrivals: 'even' } }],
        functions: { producer: { calls: [{ to: 'other', ...rest } as never] }, ...('events' in rest && { other: {} }) },
        ...('messages' in rest && { queues: { other: {} } }),
        ...('records' in rest && { streams: { other: {} } }),
      }),
    );
    twin.advanceTo(twin.endsAt);
    const { queues, streams, events } = twin.parts;
    return queues.get('other')?.received ?? streams.get('other')?.accepted ?? events.get('other')?.received;
  };
  expect(arrived({ messages: 0.3 })).toBe(1_080);
  expect(arrived({ records: 0.3 })).toBe(1_080);
  expect(arrived({ events: 0.3 })).toBe(1_080);
});
