import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Range, SortedMap } from './sorted-map.ts';

const key = fc.stringMatching(/^[0-9a-f/~]{0,3}$/);
const step = fc.oneof(fc.record({ set: key, value: fc.integer() }), fc.record({ remove: key }));
const range: fc.Arbitrary<Range> = fc.record(
  { gt: key, gte: key, lt: key, lte: key, reverse: fc.boolean(), limit: fc.integer({ min: -1, max: 5 }) },
  { requiredKeys: [] },
);

test('any range after any history reads what a sorted and filtered plain map reads', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), range, (steps, wanted) => {
      const map = new SortedMap<number>();
      const model = new Map<string, number>();
      for (const one of steps) {
        if ('set' in one) {
          map.set(one.set, one.value);
          model.set(one.set, one.value);
        } else {
          map.delete(one.remove);
          model.delete(one.remove);
        }
      }

      expect(map.size).toBe(model.size);
      expect(map.values(wanted)).toEqual(expected(model, wanted));
    }),
  );
});

/** `gt` wins over `gte` and `lt` over `lte`, as LevelDB has it. */
function expected(model: ReadonlyMap<string, number>, { gt, gte, lt, lte, reverse, limit }: Range): number[] {
  const isAfterStart = (one: string) => (gt === undefined ? gte === undefined || one >= gte : one > gt);
  const isBeforeEnd = (one: string) => (lt === undefined ? lte === undefined || one <= lte : one < lt);
  const entries = [...model].filter(([one]) => isAfterStart(one) && isBeforeEnd(one)).sort();
  const values = (reverse ? entries.reverse() : entries).map(([, value]) => value);
  return limit === undefined || limit < 0 ? values : values.slice(0, limit);
}
