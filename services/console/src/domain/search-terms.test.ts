import { expect, test } from '@jest/globals';
import { searchTerms } from './search-terms.ts';

test.each([
  [' 5A52C12F-9d3b-4b9f-9a35-0d4d4a1c7b01 ', { requestId: '5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01' }],
  ['49613', { message: { sequenceNumber: '49613' } }],
  ['orders 49613', { message: { stream: 'orders', sequenceNumber: '49613' } }],
  ['orders/49613', { message: { stream: 'orders', sequenceNumber: '49613' } }],
  ['payment refused', {}],
])('%j', (given, found) => {
  expect(searchTerms(given)).toEqual({ text: given.trim(), ...found });
});

test('a text without end is cut', () => {
  expect(searchTerms('x'.repeat(1_000_000)).text).toHaveLength(300);
});
