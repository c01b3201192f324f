import { expect, test } from '@jest/globals';
import { findingTime, hourAround } from './finding-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = Date.UTC(2026, 0, 15, 3);

test('of a finding that is open the hour before it is shown, and all until now', () => {
  const openedAt = NOW - 20 * MINUTE_MS;
  expect(findingTime({ openedAt }, NOW)).toEqual({ since: openedAt - HOUR_MS, hours: 2, isCut: false });
});

test('of one that is over also half an hour after it, as far as that is there', () => {
  const openedAt = NOW - 10 * HOUR_MS;
  const resolvedAt = openedAt + 40 * MINUTE_MS;
  expect(findingTime({ openedAt, resolvedAt }, NOW)).toEqual({
    ...{ since: openedAt - HOUR_MS, until: resolvedAt + 30 * MINUTE_MS },
    ...{ hours: 3, isCut: false },
  });
  expect(findingTime({ openedAt, resolvedAt: NOW - MINUTE_MS }, NOW)).not.toHaveProperty('until');
});

test('of one that lasts longer than a day its first day is shown', () => {
  const openedAt = NOW - 100 * HOUR_MS;
  expect(findingTime({ openedAt }, NOW)).toEqual({
    ...{ since: openedAt - HOUR_MS, until: openedAt + 23 * HOUR_MS },
    ...{ hours: 24, isCut: true },
  });
});

test('of one that has not begun by this clock an hour is shown', () => {
  expect(findingTime({ openedAt: NOW + 2 * HOUR_MS }, NOW)).toMatchObject({ hours: 1, isCut: false });
});

test('the hour around its begin ends half an hour after it, or now', () => {
  expect(hourAround({ openedAt: NOW - HOUR_MS }, NOW)).toEqual({ until: NOW - 30 * MINUTE_MS });
  expect(hourAround({ openedAt: NOW - 10 * MINUTE_MS }, NOW)).toEqual({});
});
