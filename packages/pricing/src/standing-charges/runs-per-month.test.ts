import { describe, expect, test } from '@jest/globals';
import { runsPerMonth } from './runs-per-month.ts';

describe('runsPerMonth', () => {
  test.each([
    ['rate(1 minute)', 43_800],
    ['rate(5 minutes)', 8_760],
    ['rate(1 hour)', 730],
    ['rate(1 day)', 365 / 12],
    ['cron(0 * * * ? *)', 730],
    ['cron(0/15 8-17 ? * MON-FRI *)', (4 * 10 * 261) / 12],
    ['cron(0 3 1 * ? *)', 1],
    ['cron(30 0,12 1 JAN ? *)', 2 / 12],
    ['cron(0 8 ? * FRI-MON *)', (52 * 4) / 12],
    ['cron(0 8 * NOV-FEB ? *)', 120 / 12],
    ['cron(0 22-2 1 * ? *)', 5],
    ['at(2027-01-01T00:00:00)', 0],
  ])('%s runs %d times', (expression, runs) => {
    expect(runsPerMonth(expression)).toBeCloseTo(runs, 6);
  });

  test.each([
    'rate(0 minutes)',
    'every day',
    'cron(0 3 L * ? *)',
    'cron(0 3 * * ?)',
    'cron(0/0 3 * * ? *)',
    'cron(61 3 * * ? *)',
  ])('refuses %s', (expression) => {
    expect(() => runsPerMonth(expression)).toThrow(RangeError);
  });
});
