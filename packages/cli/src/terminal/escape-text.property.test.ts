import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeLines, escapeText } from './escape-text.ts';

describe('escapeText', () => {
  test('leaves nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['a colour', '\u001b[31mred', '\\x1b[31mred'],
    ['the 8-bit form of it', '\u009b31mred', '\\x9b31mred'],
    ['a turned direction', 'a\u202egpj', 'a\\u202egpj'],
    ['half a pair', 'a\ud83d', 'a\\ud83d'],
    ['a tab', 'a\tb', 'a  b'],
    ['anything else as it is', 'größe 💡 日本語 …', 'größe 💡 日本語 …'],
  ])('shows %s', (_name, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test('a text of several lines stays one', () => {
    expect(escapeLines('a\r\n  b\u0000\nc\n\n')).toEqual(['a', '  b\\x00', 'c']);
  });
});
