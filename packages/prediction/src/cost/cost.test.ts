import { expect, test } from '@jest/globals';
import { newLoadState } from '../load/load-state.ts';
import { takeMinutes } from '../load/take-minutes.ts';
import { minutesFrom, T0 } from '../testing/a-load.ts';
import { costOutlook } from './cost-outlook.ts';
import { ASSUMED_WORK, ownCost } from './own-cost.ts';
import { watchedMonth } from './watched-month.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

test('a steady load costs the same every hour, until the day and the month are over', () => {
  const hours = 5 * 24;
  const now = T0 + (hours * DAY_MS) / 24;
  const load = takeMinutes(newLoadState(), minutesFrom(Array<number>(hours * 60).fill(10)), now);

  const cost = costOutlook(load, now);

  // One cent a minute; 15 January to 31 January.
  expect(cost.basis).toBe('forecast');
  expect(cost.lastHourUsd).toBeCloseTo(0.6);
  expect(cost.monthSoFarUsd).toBeCloseTo(hours * 0.6);
  expect(cost.todayUsd).toBeCloseTo(24 * 0.6);
  expect(cost.monthUsd).toBeCloseTo(17 * 24 * 0.6);
  expect(cost.knownFrom).toBe(T0);
});

test('before two days the hours seen go on, and nothing costs nothing', () => {
  const load = takeMinutes(newLoadState(), minutesFrom(Array<number>(90).fill(10)), T0 + DAY_MS);

  const cost = costOutlook(load, T0 + 90 * 60_000);

  expect(cost.basis).toBe('run-rate');
  expect(cost.monthUsd).toBeCloseTo(17 * 24 * 0.6, 1);
  expect(cost.monthLowerUsd).toBeCloseTo(cost.monthSoFarUsd);
  expect(cost.monthUpperUsd).toBeGreaterThan(1.9 * cost.monthUsd);
  expect(costOutlook(newLoadState(), T0)).toMatchObject({ basis: 'nothing-seen', monthUsd: 0, monthUpperUsd: 0 });
});

test.each([1, 30, 43, 70, 120, 200, 300, 600])(
  'a load that began within an hour has cost every one of its %d minutes, and goes on by the minute',
  (minutes) => {
    const begun = T0 + 17 * MINUTE_MS;
    const now = begun + minutes * MINUTE_MS;
    const load = takeMinutes(newLoadState(), minutesFrom(Array<number>(minutes).fill(10), 17), now);

    const cost = costOutlook(load, now);

    expect(cost).toMatchObject({ basis: 'run-rate', knownFrom: begun - (minutes > 240 ? 2 * MINUTE_MS : 0) });
    expect(cost.monthSoFarUsd).toBeCloseTo(minutes * 0.01);
    expect((cost.monthUsd - cost.monthSoFarUsd) / ((Date.UTC(2026, 1, 1) - now) / MINUTE_MS)).toBeCloseTo(0.01, 3);
  },
);

test('a function that fell silent stops costing', () => {
  const load = takeMinutes(newLoadState(), minutesFrom(Array<number>(10 * 24 * 60).fill(10)), T0 + 20 * DAY_MS);

  const cost = costOutlook(load, T0 + 14 * DAY_MS);

  expect(cost.monthSoFarUsd).toBeCloseTo(10 * 24 * 0.6);
  expect(cost.todaySoFarUsd).toBe(0);
  expect(cost.monthUsd).toBeCloseTo(cost.monthSoFarUsd);
});

test('every function and its account are forecast anew each five minutes, which costs', () => {
  const month = { invocations: 0, busyMinutes: 43_200, accountMinutes: 43_200 };
  const without = ownCost(month, { ...ASSUMED_WORK, forecastMs: 0 });

  const forecasts = 2 * (43_200 / 5);
  expect(ownCost(month).totalUsd - without.totalUsd).toBeCloseTo(forecasts * 0.13 * 1.33334e-5, 6);
});

test('Lamplighter itself is the sum of its parts, and nothing where nothing is watched', () => {
  const { totalUsd, parts } = ownCost({ invocations: 1_000_000, busyMinutes: 86_400, accountMinutes: 43_200 });

  expect(totalUsd).toBeCloseTo(parts.reduce((sum, { usd }) => sum + usd, 0));
  expect(parts.find(({ name }) => name === 'DynamoDB')?.usd).toBeCloseTo(
    4 * 0.625 + 86_400 * (18 * 0.625e-6 + 24 * 0.125e-6) + 43_200 * (10 * 0.625e-6 + 15 * 0.125e-6),
  );
  expect(parts.find(({ name }) => name === 'CloudWatch: completeness')?.usd).toBe(0.3);
  expect(ownCost({ invocations: 0, busyMinutes: 0, accountMinutes: 0 }).totalUsd).toBe(0);
});

test('a look at a figure costs what each of its metrics does', () => {
  const quiet = { invocations: 0, busyMinutes: 0, accountMinutes: 0 };
  const one = ownCost({ ...quiet, capacityLooks: 3_600 }).totalUsd;

  expect(one).toBeCloseTo(3_600 * (0.01 / 1_000 + 20 * 0.625e-6 + 5 * 0.125e-6));
  expect(ownCost({ ...quiet, capacityLooks: 3_600, capacityMetrics: 360_000 }).totalUsd - one).toBeCloseTo(3.6 - 0.036);
});

test('what is watched in a month goes on as it was', () => {
  const load = takeMinutes(newLoadState(), minutesFrom(Array<number>(600).fill(1)), T0 + DAY_MS);

  const { invocations, busyMinutes } = watchedMonth(load, T0 + 600 * 60_000);

  expect(busyMinutes).toBeCloseTo(17 * 1_440);
  expect(invocations).toBeCloseTo(17 * 1_440 * 600);
});

test('minutes without calls are watched for half an hour after the last one that had some', () => {
  // One call an hour.
  const hourly = Array.from({ length: 24 * 60 }, (_, minute) => (minute % 60 === 0 ? 1 / 600 : 0));
  const load = takeMinutes(newLoadState(), minutesFrom(hourly), T0 + DAY_MS);

  const { busyMinutes, silentMinutes = 0 } = watchedMonth(load, T0 + DAY_MS);

  expect(silentMinutes / busyMinutes).toBeCloseTo(30);
  const watched = { invocations: 24, busyMinutes: 24, accountMinutes: 0 };
  expect(ownCost({ ...watched, silentMinutes: 30 * 24 }).totalUsd).toBeGreaterThan(10 * ownCost(watched).totalUsd);
});

test.each([
  ['in its first minutes', T0, 5],
  ['in its first two hours, of which none is whole', T0 + 10 * 60_000, 100],
  ['in the first minutes of a month', Date.UTC(2026, 1, 1) - 10 * 60_000, 13],
  ['at the very beginning of a month', Date.UTC(2026, 1, 1) - 90 * 60_000, 90],
])('what is watched %s is no less than what was seen of it', (_, start, minutes) => {
  const news = minutesFrom(Array<number>(minutes).fill(1), (start - T0) / 60_000);
  const now = start + minutes * 60_000;
  const load = takeMinutes(newLoadState(), news, now);

  const { invocations, busyMinutes } = watchedMonth(load, now);

  expect(busyMinutes).toBeGreaterThanOrEqual(minutes);
  expect(invocations).toBeCloseTo(600 * busyMinutes);
});

test('a month that has begun goes on as its last day did', () => {
  const now = Date.UTC(2026, 1, 1, 0, 30);
  const minutes = (now - T0) / 60_000;
  const load = takeMinutes(newLoadState(), minutesFrom(Array<number>(minutes).fill(1)), now);

  expect(watchedMonth(load, now).busyMinutes).toBeCloseTo(28 * 1_440);
});
