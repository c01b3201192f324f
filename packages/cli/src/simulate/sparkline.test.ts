import { expect, test } from '@jest/globals';
import { sparkline } from './sparkline.ts';

test('bars are as high as the largest value of their part', () => {
  expect(sparkline([0, 1, 4, 8], 10)).toBe(' ▂▅█');
  expect(sparkline([1, 8, 2, 2], 2)).toBe('█▃');
});

test('a series of nothing is blank', () => {
  expect(sparkline([0, 0, 0], 10)).toBe('   ');
  expect(sparkline([], 10)).toBe('');
});
