import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MINUTE_MS } from './completeness.ts';
import { slicesOf } from './slices-of.ts';

const HOUR = Date.UTC(2026, 0, 15, 9);
const range = { from: HOUR, to: HOUR + 60 * MINUTE_MS - 1 };
const minute = (index: number) => HOUR + index * MINUTE_MS;

test('a quiet hour is read at once', () => {
  expect(slicesOf(range, new Map([[minute(3), 9]]), 10)).toEqual([range]);
});

test('a busy minute stands alone', () => {
  const counted = new Map([
    [minute(0), 4],
    [minute(1), 50],
    [minute(2), 6],
  ]);

  expect(slicesOf(range, counted, 10)).toEqual([
    { from: HOUR, to: minute(1) - 1 },
    { from: minute(1), to: minute(2) - 1 },
    { from: minute(2), to: range.to },
  ]);
});

test('slices meet, leave nothing out, and hold no more than they may but for a single minute', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (counts, most) => {
        const slices = slicesOf(range, new Map(counts.map((count, index) => [minute(index), count])), most);

        expect(slices[0]!.from).toBe(range.from);
        expect(slices.at(-1)!.to).toBe(range.to);
        slices.slice(1).forEach(({ from }, index) => void expect(from).toBe(slices[index]!.to + 1));
        for (const { from, to } of slices) {
          const held = counts.filter((_, index) => minute(index) >= from && minute(index) <= to);
          expect(held.length === 1 || held.reduce((sum, count) => sum + count, 0) <= most).toBe(true);
        }
      },
    ),
  );
});
