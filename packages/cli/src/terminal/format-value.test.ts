import { expect, test } from '@jest/globals';
import {
  formatAgo,
  formatAmount,
  formatCost,
  formatCount,
  formatDuration,
  formatMinute,
  formatTime,
} from './format-value.ts';

test.each([
  [0, '0 ms'],
  [0.85, '0.85 ms'],
  [100, '100 ms'],
  [3003.156, '3003.16 ms'],
  [12_345, '12.35 s'],
  [119_600, '2 min 0 s'],
  [900_000, '15 min 0 s'],
  [3_599_600, '1 h 0 min'],
  [86_400_000, '24 h 0 min'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [0.0000000021, '$0.0000000021'],
  [0.00000625, '$0.00000625'],
  [1e-12, '$0'],
  [0.5, '$0.5000'],
])('%d dollars read %s', (usd, text) => {
  expect(formatCost(usd)).toBe(text);
});

test.each([
  [0, 'now'],
  [1_000, '1 second ago'],
  [3 * 3_600_000, '3 hours ago'],
  [400 * 86_400_000, '1 year ago'],
  [-2 * 86_400_000, undefined],
])('%d ms before now reads %s', (distance, text) => {
  expect(formatAgo(1_000_000_000_000 - distance, 1_000_000_000_000)).toBe(text);
});

test('times are told in UTC, to the millisecond or to the minute', () => {
  expect(formatTime(1591714943146)).toBe('2020-06-09 15:02:23.146 UTC');
  expect(formatMinute(1591714943146)).toBe('2020-06-09 15:02 UTC');
});

test.each([
  [0, '$0'],
  [0.0002091669, '$0.00021'],
  [0.0319, '$0.0319'],
  [0.7, '$0.70'],
  [1204.5, '$1,204.50'],
])('a sum of %d dollars reads %s', (usd, text) => {
  expect(formatAmount(usd)).toBe(text);
});

test('one is singular', () => {
  expect([formatCount(1, 'event'), formatCount(1_234, 'event'), formatCount(0, 'query', 'queries')]).toEqual([
    '1 event',
    '1,234 events',
    '0 queries',
  ]);
});
