import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchesPattern } from './match-pattern.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '\n'), maxLength: 12 });
const pattern = fc
  .array(fc.constantFrom('a', 'b', '*', '\\*', '\\\\'), { maxLength: 8 })
  .map((tokens) => tokens.join(''));

const asRegex = (source: string): RegExp =>
  new RegExp(
    `^${source.replace(/\\\\|\\\*|\*|./g, (token) => ({ '\\\\': '\\\\', '\\*': '\\*', '*': '[\\s\\S]*' })[token] ?? token)}$`,
  );

test('a pattern matches what the regular expression of the same meaning does', () => {
  fc.assert(
    fc.property(text, pattern, (value, source) => {
      expect(matchesPattern(value, source)).toBe(asRegex(source).test(value));
    }),
  );
});
