import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileDateFormat } from '../../src/domain/mapping/date-format.ts';
import { readNumber } from '../../src/domain/mapping/number-format.ts';
import { lastFourDigits, maskCardNumbers } from '../../src/domain/messages/mask-card-numbers.ts';
import { newValueReader, timestampOf } from '../../src/domain/messages/read-values.ts';

test.each([
  ['DD.MM.YYYY', '01.03.2027', '2027-03-01'],
  ['YYMMDD', '270301', '2027-03-01'],
  ['YYMMDD', '990301', '1999-03-01'],
  ['DD-MMM-YYYY', '07-Mar-2027', '2027-03-07'],
  ['DD-MMM-YYYY', '07-Xyz-2027', undefined],
  ['YYYY/MM/DD HH:mm', '2027/03/01 18:45', '2027-03-01T18:45:00'],
  ['DD.MM.YYYY', '01x03x2027', undefined],
])('%s reads %s as %s', (format, text, expected) => {
  expect(compileDateFormat(format)(text)).toBe(expected);
});

test.each([
  ['1.250,50', { decimal: ',', group: '.' } as const, '1250.50'],
  ["1'250.50", { group: "'" } as const, '1250.50'],
  ['45050', { scale: 2 } as const, '450.50'],
  ['-5', { scale: 2 } as const, '-0.05'],
  ['+7', {}, '7'],
  ['1,2', {}, undefined],
  ['1e3', {}, undefined],
])('the number %s is read as %s', (text, format, expected) => {
  expect(readNumber(text, format)).toBe(expected);
});

test.each([
  ['2026-05-17T12:21:00-07:00', '2026-05-17T19:21:00.000Z'],
  ['2026-05-17T12:21:00', '2026-05-17T12:21:00.000Z'],
  ['2026-05-17T12:21:00.1234567Z', '2026-05-17T12:21:00.123Z'],
  ['2026-05-17T12:21', '2026-05-17T12:21:00.000Z'],
  ['2026-05-17', '2026-05-17T00:00:00.000Z'],
])('the time %s is %s', (text, expected) => {
  const atMs = timestampOf(newValueReader(), 'at', text);

  expect(new Date(atMs!).toISOString()).toBe(expected);
});

test.each(['2026-05-17T12:21:00-07:00+02:00', '2026-02-30', 'now', '2026-05-17T25:00:00Z'])(
  'the time %s is a doubt',
  (text) => {
    const reader = newValueReader();

    expect(timestampOf(reader, 'at', text)).toBeUndefined();
    expect(reader.doubts).toEqual(['at']);
  },
);

test.each([
  ['4111111111111111', '1111'],
  ['4111 1111 1111 1111', '1111'],
  ['XXXXXXXXXXXX1234', '1234'],
  ['1234', ''],
  ['{{card_number}}', ''],
])('of the card number %s is kept: %s', (number, expected) => {
  expect(lastFourDigits(number)).toBe(expected);
});

test('no card number of any length survives in free text', () => {
  const cards = fc
    .tuple(fc.stringMatching(/^[3-6][0-9]{11,17}$/), fc.constantFrom('', ' ', '-'))
    .map(([digits, separator]) => [withCheckDigit(digits), separator] as const);

  fc.assert(
    fc.property(cards, ([digits, separator]) => {
      const written = digits.replace(/(\d{4})(?=\d)/g, `$1${separator}`);

      expect(maskCardNumbers(`card ${written} please`).replace(/[ -]/g, '')).not.toContain(digits);
    }),
  );
});

function withCheckDigit(digits: string): string {
  for (let check = 0; check < 10; check += 1)
    if (maskCardNumbers(`${digits}${check}`).includes('*')) return `${digits}${check}`;
  throw new Error(`No check digit fits ${digits}.`);
}
