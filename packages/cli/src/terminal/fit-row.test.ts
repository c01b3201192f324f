import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitRow, wrapWords } from './fit-row.ts';
import { plain } from './paint.ts';

const row = {
  ...{ mark: 'critical', colour: 'red' as const, id: '1700000401000-3c59dc04' },
  ...{ title: 'reservation-mobile-api is 9 times slower than usual', note: 'open, opened 2023-11-14 22:20 UTC' },
};

test('a row is one line where there is room', () => {
  expect(fitRow(row, plain, 200)).toEqual([
    'critical  1700000401000-3c59dc04  reservation-mobile-api is 9 times slower than usual  open, opened 2023-11-14 22:20 UTC',
  ]);
});

test('in a narrow window the title comes first, and nothing is broken but between words', () => {
  expect(fitRow(row, plain, 50)).toEqual([
    'critical  reservation-mobile-api is 9 times slower',
    '          than usual',
    '    1700000401000-3c59dc04',
    '    open, opened 2023-11-14 22:20 UTC',
  ]);
});

test('no word is lost, and only a word that is too long makes a line too long', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z-]{1,30}$/), { minLength: 1 }), fc.nat(40), (words, width) => {
      const lines = wrapWords(words.join(' '), width);

      expect(lines.join(' ')).toBe(words.join(' '));
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
    }),
  );
});
