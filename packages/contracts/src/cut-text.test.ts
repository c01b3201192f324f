import { expect, test } from '@jest/globals';
import { cutText } from './cut-text.ts';

test.each([
  ['select 1', 8, 'select 1'],
  ['select 12', 8, 'select …'],
  ['', 1, ''],
  ['paid 💳💳', 9, 'paid 💳💳'],
  ['paid 💳💳', 8, 'paid 💳…'],
  ['paid 💳💳', 7, 'paid …'],
])('%j in %d characters', (text, most, expected) => {
  expect(cutText(text, most)).toBe(expected);
});
