import { expect, test } from '@jest/globals';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 15, 12);

test.each<[string | null, number | undefined]>([
  ['7', 7_000],
  [' 120 ', 120_000],
  ['Thu, 15 Jan 2026 12:05:00 GMT', 300_000],
  ['Thursday, 15-Jan-26 12:05:00 GMT', 300_000],
  ['Thu, 15 Jan 2026 11:59:00 GMT', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['', undefined],
  ['later', undefined],
  [null, undefined],
])('Retry-After: %j asks to wait for %p ms', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
