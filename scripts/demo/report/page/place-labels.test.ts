import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GAP, placeLabels, widthOf } from './place-labels.ts';

test('a label stands in the highest row that is free', () => {
  const labels = [
    { text: 'fault 2', x: 130 },
    { text: 'repair 1', x: 120 },
    { text: 'fault 1', x: 100 },
    { text: 'repair 2', x: 600 },
  ];

  expect(placeLabels(labels, 90).map(({ text, row }) => [text, row])).toEqual([
    ['fault 1', 0],
    ['repair 1', 1],
    ['fault 2', 2],
    ['repair 2', 0],
  ]);
  expect(placeLabels(labels.slice(2), 110)[0]).toMatchObject({ text: 'fault 1', row: 1 });
});

test('however many there are, no text covers another, and no line crosses one', () => {
  const label = fc.record({ text: fc.constantFrom('fault 1', 'repair 12'), x: fc.nat(660) });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 40 }), (labels) => {
      const placed = placeLabels(labels);
      for (const [at, one] of placed.entries())
        for (const other of placed.slice(at + 1)) {
          const isPast = other.x >= one.x + GAP + widthOf(one.text);
          expect(isPast || other.row > one.row).toBe(true);
        }
    }),
  );
});
