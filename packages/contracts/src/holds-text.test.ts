import { expect, test } from '@jest/globals';
import { holdsText } from './holds-text.ts';

test.each([
  ['shop-pay', 'PAY', true],
  ['CardError: refused', 'error: r', true],
  ['shop-pay', '', true],
  ['shop-pay', 'shop pay', false],
])('%j holds %j: %s', (text, part, expected) => {
  expect(holdsText(text, part)).toBe(expected);
});
