import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Thread } from '../interpreter/frame.ts';
import type { Run } from '../interpreter/run.ts';
import { Scope } from '../interpreter/scope.ts';
import { batchItems } from './batch-items.ts';
import { parseCsv } from './parse-csv.ts';

const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' '), maxLength: 6 });
const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });

test('CSV that is written is read again', () => {
  fc.assert(
    fc.property(rows, (table) => {
      const written = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(parseCsv(written)).toEqual(table);
    }),
  );
});

test('batches keep every item in order, and their limits', () => {
  const frame = {
    name: 'M',
    thread: new Thread({ context: {}, random: () => 0 } as unknown as Run, new Scope()),
    context: {},
  };
  const items = fc.array(fc.string({ maxLength: 20 }), { maxLength: 40 });
  fc.assert(
    fc.property(
      items,
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 150, max: 400 }),
      (given, most, mostBytes) => {
        const batches = batchItems({ MaxItemsPerBatch: most, MaxInputBytesPerBatch: mostBytes }, given, {}, frame);
        const inputs = batches.map(({ input }) => (input as { Items: string[] }).Items);
        expect(inputs.flat()).toEqual(given);
        for (const [index, batch] of inputs.entries()) {
          expect(batch.length).toBeLessThanOrEqual(most);
          expect(batches[index]?.itemCount).toBe(batch.length);
          expect(Buffer.byteLength(JSON.stringify({ Items: batch }))).toBeLessThanOrEqual(mostBytes);
        }
      },
    ),
  );
});
