import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseArray, type TextArray } from './array-text.ts';

/** As PostgreSQL writes an array: quoted where it must be. */
const written = (array: TextArray): string =>
  `{${array
    .map((one) => {
      if (one === null) return 'NULL';
      if (typeof one !== 'string') return written(one);
      const isPlain = /^[^\s{}",\\]+$/.test(one) && one.toUpperCase() !== 'NULL';
      return isPlain ? one : `"${one.replace(/[\\"]/g, '\\$&')}"`;
    })
    .join(',')}}`;

const elements = fc.array(fc.oneof(fc.string(), fc.constant(null), fc.constant('NULL'), fc.constant('a,"b"\\{}')));

test('an array of texts is read as it was written, whatever is in it', () => {
  fc.assert(
    fc.property(fc.oneof(elements, fc.array(elements, { minLength: 1 })), (array) => {
      expect(parseArray(written(array as TextArray))).toEqual(array);
    }),
  );
});

test('bounds before it are passed over', () => {
  expect(parseArray('[0:1]={1,2}')).toEqual(['1', '2']);
});
