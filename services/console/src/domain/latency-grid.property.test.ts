import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latencyGrid, mergeBins, quantileMs } from './latency-grid.ts';

const bins = fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 1000 })), {
  maxLength: 40,
});
const total = (list: readonly (readonly [number, number])[]) => list.reduce((sum, [, count]) => sum + count, 0);

test('every call stands in exactly one cell of its column', () => {
  fc.assert(
    fc.property(fc.array(bins, { minLength: 1, maxLength: 8 }), (columns) => {
      const grid = latencyGrid(columns.map((each, start) => ({ start, bins: each })));
      const counted = grid.counts.map((column) => column.reduce((sum, count) => sum + count, 0));
      expect(counted).toEqual(grid.rowsMs.length === 0 ? [] : columns.map(total));
    }),
  );
});

test('rows rise, and the last holds the longest duration', () => {
  fc.assert(
    fc.property(
      bins.filter((each) => each.length > 0),
      (each) => {
        const { rowsMs } = latencyGrid([{ start: 0, bins: each }]);
        expect(rowsMs.every((edge, row) => row === 0 || edge >= rowsMs[row - 1]!)).toBe(true);
        // Three digits are shown.
        expect(rowsMs.at(-1)! * 1.01).toBeGreaterThanOrEqual(Math.max(...each.map(([valueMs]) => valueMs)));
      },
    ),
  );
});

test('sketches add up in any order', () => {
  fc.assert(
    fc.property(bins, bins, (one, other) => {
      expect(mergeBins([one, other])).toEqual(mergeBins([other, one]));
      expect(total(mergeBins([one, other]))).toBe(total(one) + total(other));
    }),
  );
});

test('a quantile is a duration that was seen', () => {
  expect(
    quantileMs(
      [
        [10, 98],
        [500, 2],
      ],
      0.5,
    ),
  ).toBe(10);
  expect(
    quantileMs(
      [
        [10, 98],
        [500, 2],
      ],
      0.99,
    ),
  ).toBe(500);
  expect(quantileMs([], 0.5)).toBeUndefined();
});
