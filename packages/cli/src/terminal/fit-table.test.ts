import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitTable, lineWidth, tellLeftOut } from './fit-table.ts';

const table = {
  head: ['', 'today', 'month', '95 %'],
  rows: [
    ['orders', '$1.00', '$30.00', '$20.00 to $40.00'],
    ['a-function-with-a-long-name', '$0.10', '$3.00', '$2.00 to $4.00'],
  ],
  optional: [3, 1],
};

test('a wide window shows everything, names at the left and figures at the right', () => {
  expect(fitTable(table, Number.POSITIVE_INFINITY)).toEqual({
    head: '                              today    month               95 %',
    rows: [
      'orders                        $1.00   $30.00   $20.00 to $40.00',
      'a-function-with-a-long-name   $0.10    $3.00     $2.00 to $4.00',
    ],
    leftOut: [],
  });
});

test('a narrow one leaves columns out, and says which; names are cut last', () => {
  const { rows, leftOut } = fitTable(table, 30);
  expect(rows).toEqual(['orders                  $30.00', 'a-function-with-a-lo…    $3.00']);
  expect(tellLeftOut(leftOut)).toEqual(['Not shown in a window so narrow: today, 95 %.']);
});

test('no line is wider than the window, while names have room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 22, max: 90 }), (width) => {
      const { head, rows } = fitTable(table, width);
      expect(Math.max(...[head, ...rows].map((line) => line.length))).toBeLessThanOrEqual(width);
    }),
  );
});

test('what a program reads has no width', () => {
  expect([lineWidth({ isOutTty: true, columns: 80 }), lineWidth({ isOutTty: false, columns: 80 })]).toEqual([
    80,
    Number.POSITIVE_INFINITY,
  ]);
});
