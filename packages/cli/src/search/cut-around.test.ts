import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAround } from './cut-around.ts';

const joined = (text: string, part: string, width: number): string => {
  const { before, match, after } = cutAround(text, part, width);
  return `${before}[${match}]${after}`;
};

test.each([
  ['order 4711 is paid', '4711', 80, 'order [4711] is paid'],
  ['order 4711 is paid', 'ORDER', 80, '[order] 4711 is paid'],
  ['order 4711 is being paid by card', '4711', 16, '…er [4711] is bei…'],
  ['a long way before the number 4711 and on', '4711', 16, '…ber [4711] and on'],
  ['a long way before the number 4711', '4711', 16, '…the number [4711]'],
  ['nothing of it here', '4711', 10, 'nothing o…[]'],
  ['İ before it: 4711', '4711', 80, 'İ before it: [4711]'],
])('%j cut around %j to %d columns', (text, part, width, expected) => {
  expect(joined(text, part, width)).toBe(expected);
});

test('whatever the text, it fits, is a part of it, and shows what was looked for where there is room', () => {
  const texts = fc.tuple(
    fc.string({ maxLength: 60 }),
    fc.string({ minLength: 1, maxLength: 10 }),
    fc.string({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(texts, fc.integer({ min: 14, max: 70 }), ([start, part, end], width) => {
      const text = start + part + end;
      const { before, match, after } = cutAround(text, part, width);
      const shown = before + match + after;
      expect(shown.length).toBeLessThanOrEqual(width);
      expect(match.toLowerCase()).toBe(part.toLowerCase());
      expect(text).toContain(before.replace(/^…/, '') + match + after.replace(/…$/, ''));
    }),
  );
});
