import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partitionPoint } from './partition-point.ts';

describe('partitionPoint', () => {
  test('finds what a search from the beginning finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, least) => {
        const ascending = values.toSorted((a, b) => a - b);
        const found = ascending.findIndex((value) => value >= least);
        const expected = found === -1 ? ascending.length : found;
        expect(partitionPoint(ascending.length, (index) => (ascending[index] as number) >= least)).toBe(expected);
      }),
    );
  });
});
