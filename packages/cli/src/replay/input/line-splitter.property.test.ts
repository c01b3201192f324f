import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAt } from '../../testing/read-chunks.ts';
import { lineSplitter } from './line-splitter.ts';

function split(chunks: readonly string[], maxLength = 1_000): { lines: string[]; tooLong: number[] } {
  const lines: string[] = [];
  const tooLong: number[] = [];
  const splitter = lineSplitter(maxLength, {
    line: (text) => lines.push(text),
    tooLong: (length) => tooLong.push(length),
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { lines, tooLong };
}

const text = fc
  .array(fc.constantFrom('a', 'é', '\n', '\r\n', '\t', '{', '💡'), { maxLength: 60 })
  .map((parts) => parts.join(''));
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

describe('lineSplitter', () => {
  test('cuts the same lines wherever the chunks end', () => {
    fc.assert(
      fc.property(text, shares, (whole, places) => {
        const expected = whole
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => line.replace(/\r$/, ''));

        const { lines } = split(cutAt(whole, places));

        expect(lines).toEqual(whole === '' ? [] : expected);
      }),
    );
  });

  test('counts an overlong line and keeps its neighbours, wherever the chunks end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 300 }), shares, (length, places) => {
        const whole = `before\n${'x'.repeat(length)}\nafter\n`;

        expect(split(cutAt(whole, places), 10)).toEqual({ lines: ['before', 'after'], tooLong: [length] });
      }),
    );
  });
});
