import { expect, test } from '@jest/globals';
import { functionLook } from './function-look.ts';

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 0, 15, 3, 7, 42);

test('the last hours end at the newest half minute, and begin at a full step', () => {
  expect(functionLook({ hours: 1 }, NOW)).toEqual({
    since: Date.UTC(2026, 0, 15, 2, 7),
    until: Date.UTC(2026, 0, 15, 3, 7, 30),
    stepMs: MINUTE_MS,
  });
  expect(functionLook({ hours: 6 }, NOW)).toMatchObject({
    since: Date.UTC(2026, 0, 14, 21, 6),
    stepMs: 6 * MINUTE_MS,
  });
});

test('a look until an instant of the past has whole columns that end with its minute', () => {
  const look = functionLook({ hours: 6, until: Date.UTC(2026, 0, 14, 3, 10, 30) }, NOW);
  expect(look).toEqual({
    since: Date.UTC(2026, 0, 13, 21, 11),
    until: Date.UTC(2026, 0, 14, 3, 11),
    stepMs: 6 * MINUTE_MS,
  });
});

test('what is to come is now, and nothing is before time began', () => {
  expect(functionLook({ hours: 1, until: NOW + MINUTE_MS }, NOW)).toEqual(functionLook({ hours: 1 }, NOW));
  expect(functionLook({ hours: 1, until: 999_999_999_999_999 }, NOW)).toEqual(functionLook({ hours: 1 }, NOW));
  expect(functionLook({ hours: 24, until: 0 }, NOW)).toMatchObject({ since: 0 });
});
