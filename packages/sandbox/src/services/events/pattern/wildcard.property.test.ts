import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wildcard } from './wildcard.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
const patterns = fc
  .string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
  .map((text) => text.replace(/\*{2,}/g, '*'));

test('a wildcard matches what the regular expression of it matches', () => {
  fc.assert(
    fc.property(patterns, letters, (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
      expect(wildcard(pattern)(text)).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});
