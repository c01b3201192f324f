import { expect, test } from '@jest/globals';
import { BreachPredicted, type EventEntry } from '@lamplighter/contracts';
import { type Capacity, MINUTE_MS } from '@lamplighter/prediction';
import { memoryTable } from '../../test/memory-table.ts';
import type { CapacityFailure } from '../ports.ts';
import { predictCapacity } from './predict-capacity.ts';

const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };
const T0 = Date.UTC(2026, 0, 15);
const STREAM: Capacity = { kind: 'stream', name: 'bookings', isOnDemand: false, shards: 1 };
const TABLE: Capacity = { kind: 'table', name: 'rooms', isOnDemand: false, writeUnits: 20, readUnits: 20 };

/** Looks at a full stream and an idle table; then at what is found later. */
async function look(found: readonly Capacity[], failed: readonly CapacityFailure[] = []) {
  const published: EventEntry[] = [];
  const { knownGauges, ...predictions } = memoryTable();
  const reads: string[] = [];
  let minute = 30;
  const at = (its: readonly Capacity[], unseen: readonly CapacityFailure[] = []) =>
    predictCapacity(ACCOUNT, {
      capacities: async () => ({ found: its, failed: unseen }),
      knownGauges,
      measurements: async ({ metricName }, { from, until }) =>
        Array.from({ length: (until - Math.max(from, T0)) / MINUTE_MS }, (_, step) => ({
          start: Math.max(from, T0) + step * MINUTE_MS,
          value: metricName === 'IncomingBytes' ? 1e6 : 0,
        })),
      publish: async (entries) => void published.push(...entries),
      predictions: {
        ...predictions,
        async read(subject) {
          reads.push(`${subject.gauge?.name}/${subject.gauge?.metric}`);
          return predictions.read(subject);
        },
      },
      now: () => T0 + minute * MINUTE_MS,
    });
  await at([STREAM, TABLE]);
  for (; minute < 45; minute += 5) await at(found, failed);
  const breaches = published
    .filter(({ DetailType }) => DetailType === 'BreachPredicted')
    .map(({ Detail }) => BreachPredicted.parse(JSON.parse(Detail)).data);
  return { breaches, reads, shown: (await knownGauges(ACCOUNT)).map(({ name }) => name) };
}

test('what was told of a stream that is deleted is withdrawn once, under its own name, and it is shown no longer', async () => {
  const { breaches, reads, shown } = await look([TABLE]);

  expect(breaches.map(({ change }) => change)).toEqual(['happened', 'withdrawn']);
  expect(breaches[1]).toMatchObject({ breachId: breaches[0]!.breachId, probability: 0, recommendations: [] });
  expect(reads.filter((name) => name === 'bookings/incoming-bytes')).toHaveLength(2);
  expect(new Set(shown)).toEqual(new Set(['rooms']));
});

test.each([{ kind: 'stream' }, { kind: 'stream', name: 'bookings' }] as const)(
  'what could not be looked for (%j) is not gone',
  async (unseen) => {
    const { breaches, shown } = await look([TABLE], [{ what: 'streams', error: new Error('a network'), unseen }]);

    expect(breaches.map(({ change }) => change)).toEqual(['happened']);
    expect(shown).toContain('bookings');
  },
);

test('what could not be looked for of another kind hides nothing', async () => {
  const unseen = { kind: 'cluster' } as const;
  const { breaches } = await look([TABLE], [{ what: 'clusters', error: new Error('a network'), unseen }]);

  expect(breaches.map(({ change }) => change)).toEqual(['happened', 'withdrawn']);
});
