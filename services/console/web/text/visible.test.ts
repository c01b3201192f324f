import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { visible, visibleLines } from './visible.ts';

describe('visible', () => {
  test.each([
    ['\u202Efdp.exe', '\\u{202e}fdp.exe'],
    ['a\u001b[31mred', 'a\\u{1b}[31mred'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['half \ud800', 'half \\u{d800}'],
    ['two\nlines', 'two lines'],
    ['time\tid\tINFO\r\n\n\tdone', 'time id INFO done'],
    ['over\rwritten', 'over\\u{d}written'],
    ['<b>as it is</b> 😀 привет', '<b>as it is</b> 😀 привет'],
  ])('%j', (given, shown) => expect(visible(given)).toBe(shown));

  test('nothing that does not show is left, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(visibleLines(text).replace(/\r\n|[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

test('lines of a log keep their feeds and tabs', () => {
  expect(visibleLines('one\r\n\ttwo\u0007\n')).toBe('one\r\n\ttwo\\u{7}');
});
