import { expect, test } from '@jest/globals';
import { hoursIn, shownUntil, stepsFrom } from './shown-time.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 3);
const PAST = Date.UTC(2026, 0, 14, 3, 40);

test('an address says now, a time of the past, or nothing that is a time', () => {
  expect(shownUntil(null, NOW)).toEqual({ kind: 'now' });
  expect(shownUntil('2026-01-14T03:40Z', NOW)).toEqual({ kind: 'past', until: PAST, isSettled: true });
  expect(shownUntil(String(PAST), NOW)).toEqual({ kind: 'past', until: PAST, isSettled: true });
  expect(shownUntil('2026-01-15T03:00Z', NOW)).toEqual({ kind: 'now' });
  expect(shownUntil('yesterday', NOW)).toEqual({ kind: 'unreadable' });
  expect(shownUntil('', NOW)).toEqual({ kind: 'unreadable' });
});

test('what is hardly over may still change', () => {
  expect(shownUntil('2026-01-15T02:00Z', NOW)).toMatchObject({ kind: 'past', isSettled: false });
});

test.each([
  [null, 1],
  ['6', 6],
  ['24', 24],
  ['25', 1],
  ['0', 1],
  ['1.5', 1],
  ['x', 1],
])('hours %j are %d', (text, hours) => {
  expect(hoursIn(text)).toBe(hours);
});

test('one goes by the length of what is shown, and ends at now', () => {
  expect(stepsFrom(undefined, 6, NOW)).toEqual({ earlier: NOW - 6 * HOUR_MS });
  expect(stepsFrom(PAST, 6, NOW)).toEqual({ earlier: PAST - 6 * HOUR_MS, later: PAST + 6 * HOUR_MS });
  expect(stepsFrom(PAST, 24, NOW)).toEqual({ earlier: PAST - 24 * HOUR_MS, later: 'now' });
  expect(stepsFrom(NOW - HOUR_MS - 59_000, 1, NOW)).toMatchObject({ later: 'now' });
  expect(stepsFrom(0, 1, NOW)).toMatchObject({ earlier: HOUR_MS });
});
