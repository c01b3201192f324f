import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { grouped } from './grouped.ts';

const digits = fc.integer({ min: 0, max: 6 });

test('numbers are written as English writes them', () => {
  fc.assert(
    fc.property(fc.integer(), digits, digits, digits, (number, scale, most, least) => {
      const value = number / 10 ** Math.min(scale, most);
      const options = { most: Math.max(most, least), least: Math.min(most, least) };
      const english = value.toLocaleString('en', {
        maximumFractionDigits: options.most,
        minimumFractionDigits: options.least,
      });
      expect(grouped(value, options)).toBe(english.replace(/^-(?=[0.,]+$)/, ''));
    }),
  );
});

test.each([
  [0, '0'],
  [-0.2, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [-1_234_567, '-1,234,567'],
])('%p is %s', (value, written) => expect(grouped(value)).toBe(written));
