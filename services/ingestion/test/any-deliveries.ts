import type { LogBatch } from '@lamplighter/lambda-logs';
import fc from 'fast-check';
import { sampleHistory } from './sample-history.ts';

/** The history cut into deliveries of any size, its events in any order, some of them twice. */
export const anyDeliveries: fc.Arbitrary<LogBatch[]> = fc
  .tuple(
    fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40, maxLength: 40 }),
    fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  )
  .map(([order, sizes, again]) => {
    const parts: LogBatch[] = [];
    for (const batch of sampleHistory) {
      const events = shuffled(batch.events, order);
      for (let at = 0, index = 0; at < events.length; index += 1) {
        const size = sizes[index % sizes.length]!;
        parts.push({ ...batch, events: events.slice(at, at + size) });
        at += size;
      }
    }
    const mixed = shuffled(parts, order);
    return [...mixed, ...mixed.filter((_, index) => again[index % again.length])];
  });

function shuffled<Item>(items: readonly Item[], order: readonly number[]): Item[] {
  return items
    .map((item, index) => ({ item, rank: order[index % order.length]! }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
