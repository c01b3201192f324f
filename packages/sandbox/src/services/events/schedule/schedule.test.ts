import { describe, expect, test } from '@jest/globals';
import { parseSchedule } from './schedule.ts';

/** A Thursday. */
const AFTER = Date.UTC(2026, 0, 1, 12, 0);

const next = (expression: string, after = AFTER): string | undefined => {
  const at = parseSchedule(expression)(after);
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

describe('parseSchedule', () => {
  test.each([
    ['rate(1 minute)', '2026-01-01T12:01'],
    ['rate(5 minutes)', '2026-01-01T12:05'],
    ['rate(2 days)', '2026-01-03T12:00'],
    ['cron(15 10 * * ? *)', '2026-01-02T10:15'],
    ['cron(0/15 * * * ? *)', '2026-01-01T12:15'],
    ['cron(5/20 * * * ? *)', '2026-01-01T12:05'],
    ['cron(0 18 ? * MON-FRI *)', '2026-01-01T18:00'],
    ['cron(0 8 1 * ? *)', '2026-02-01T08:00'],
    ['cron(0/10 * ? * SAT,SUN *)', '2026-01-03T00:00'],
    ['cron(0 0 L * ? *)', '2026-01-31T00:00'],
    ['cron(0 0 3W * ? *)', '2026-01-02T00:00'],
    ['cron(0 0 1W AUG ? *)', '2026-08-03T00:00'],
    ['cron(0 0 31W MAY ? *)', '2026-05-29T00:00'],
    ['cron(0 0 ? * 3#2 *)', '2026-01-13T00:00'],
    ['cron(0 0 ? * FRI#5 *)', '2026-01-30T00:00'],
    ['cron(0 0 ? * 6L *)', '2026-01-30T00:00'],
    ['cron(0 0 ? * L *)', '2026-01-03T00:00'],
    ['cron(0 12 29 2 ? *)', '2028-02-29T12:00'],
    ['cron(0 12 1 1 ? 2030-2032)', '2030-01-01T12:00'],
    ['cron(0 12 1 1 ? 2020)', undefined],
  ])('%s is next due at %s', (expression, expected) => {
    expect(next(expression)).toBe(expected);
  });

  test.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(5 seconds)',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(60 12 * * ? *)',
    'cron(0 12 * * ?)',
    'cron(0 12 40W * ? *)',
    'cron(0 12 ? * MON#6 *)',
    'cron(5-1 12 * * ? *)',
    '0 12 * * ? *',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow('ScheduleExpression');
  });
});
