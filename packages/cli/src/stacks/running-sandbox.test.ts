import { expect, test } from '@jest/globals';
import { isSameAddress } from './running-sandbox.ts';

test.each([
  ['http://127.0.0.1:4566', 'http://127.0.0.1:4566', true],
  ['http://127.0.0.1:4566', 'http://localhost:4566/', true],
  ['http://127.0.0.1:4566', 'http://[::1]:4566', true],
  ['http://127.0.0.1:4566', 'http://localhost:4567', false],
  ['http://127.0.0.1:4566', 'http://sandbox.example.com:4566', false],
  ['http://localhost.example.com:4566', 'http://localhost:4566', false],
])('%s and %s are one: %s', (noted, asked, isSame) => {
  expect(isSameAddress(noted, asked)).toBe(isSame);
});
