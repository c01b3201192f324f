import { expect, test } from '@jest/globals';
import { inParts, inSizedParts } from './parts.ts';

test('inParts cuts in order', () => {
  expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inParts([], 2)).toEqual([]);
});

test('inSizedParts fills each part up to its items and bytes, and lets an item that is too long stand alone', () => {
  const parts = inSizedParts([3, 3, 5, 12, 1, 1, 1, 1], { maxItems: 3, maxBytes: 10, bytesOf: (bytes) => bytes });
  expect(parts).toEqual([[3, 3], [5], [12], [1, 1, 1], [1]]);
});
