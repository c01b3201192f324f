import { expect, test } from '@jest/globals';
import { newLoadState } from '../load/load-state.ts';
import { takeMinutes } from '../load/take-minutes.ts';
import { aLoad, T0 } from '../testing/a-load.ts';
import { budgetLook } from './budget-look.ts';
import { costOutlook } from './cost-outlook.ts';

const HOUR_MS = 3_600_000;
const MONTH = 30 * 24;

/** Deterministic numbers in (0, 1) (Park & Miller). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A load whose hours cost so much, one call each. */
function loadOf(hourlyUsd: readonly number[]) {
  const news = hourlyUsd.flatMap((costUsd, hour) =>
    costUsd === 0 ? [] : [{ start: T0 + hour * HOUR_MS, revision: 0, load: { ...aLoad(1), costUsd } }],
  );
  return takeMinutes(newLoadState(), news, T0 + hourlyUsd.length * HOUR_MS);
}

type Spend = (random: () => number) => number;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Thirty days, and what the fifteen that are left of the month are told to cost, would cost by the mean of the thirty, and do cost. */
function restOfMonth(spend: Spend, seed: number) {
  const random = randomFrom(seed);
  const usd = Array.from({ length: MONTH }, () => spend(random));
  const now = T0 + MONTH * HOUR_MS;
  const cost = costOutlook(loadOf(usd), now);
  const left = (Date.UTC(2026, 2, 1) - now) / HOUR_MS;
  return {
    cost,
    told: cost.monthUsd - cost.monthSoFarUsd,
    byMean: (sum(usd) / MONTH) * left,
    comes: sum(Array.from({ length: left }, () => spend(random))),
  };
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

const UNEVEN: readonly (readonly [string, Spend])[] = [
  ['a fifth of the hours cost a dollar', (random) => (random() < 0.2 ? 1 : 0)],
  ['one hour of twenty costs four dollars', (random) => (random() < 0.05 ? 4 : 0)],
  ['hours are log-normal', (random) => Math.exp(1.5 * normal(random))],
];

const SEEDS = Array.from({ length: 10 }, (_, at) => 7_919 * (at + 1));

test.each(UNEVEN)('where %s the rest of the month costs what the days have cost by the mean', (_, spend) => {
  for (const seed of SEEDS.slice(0, 3)) {
    const { told, byMean } = restOfMonth(spend, seed);

    expect(told).toBeGreaterThan(0.75 * byMean);
    expect(told).toBeLessThan(1.3 * byMean);
  }
});

test.each(UNEVEN)('where %s the band holds what comes', (_, spend) => {
  const months = SEEDS.map((seed) => restOfMonth(spend, seed));
  const held = months.filter(
    ({ cost: { monthSoFarUsd: soFar, monthLowerUsd, monthUpperUsd }, comes }) =>
      soFar + comes >= monthLowerUsd && soFar + comes <= monthUpperUsd,
  );

  expect(held.length).toBeGreaterThanOrEqual(0.8 * months.length);
});

test.each(UNEVEN)('where %s a budget that will be spent is told ahead', (_, spend) => {
  const { cost, byMean } = restOfMonth(spend, 1);

  expect(budgetLook(cost, cost.monthSoFarUsd + byMean / 3).probability).toBeGreaterThan(0.9);
  expect(budgetLook(cost, cost.monthSoFarUsd + byMean * 3).probability).toBeLessThan(0.1);
});

test('a level that has been reached for days counts, and what was before does not', () => {
  const doubled = Array.from({ length: MONTH }, (_, hour) => (hour < MONTH - 4 * 24 ? 1 : 2));
  const cost = costOutlook(loadOf(doubled), T0 + MONTH * HOUR_MS);

  expect(cost.monthUsd - cost.monthSoFarUsd).toBeCloseTo(15 * 24 * 2, 0);
});

test('one dear day is no level', () => {
  const once = Array.from({ length: MONTH }, (_, hour) => (hour >= MONTH - 24 ? 10 : 1));
  const cost = costOutlook(loadOf(once), T0 + MONTH * HOUR_MS);

  expect(cost.monthUsd - cost.monthSoFarUsd).toBeLessThan(15 * 24 * 2);
});

test.each([12, 19, 26])('weekdays and weekends of %d days count as often as they come', (days) => {
  const usd = (hour: number): number => (Math.floor(hour / 24) % 7 < 5 && hour % 24 >= 9 && hour % 24 < 17 ? 1 : 0.02);
  const hours = Array.from({ length: days * 24 }, (_, hour) => usd(hour));
  const now = T0 + hours.length * HOUR_MS;
  const ends = Date.UTC(2026, days < 17 ? 1 : 2, 1);
  const cost = costOutlook(loadOf(hours), now);
  const comes = sum(Array.from({ length: (ends - now) / HOUR_MS }, (_, at) => usd(hours.length + at)));

  const told = cost.monthUsd - cost.monthSoFarUsd;
  expect(Math.abs(told - comes)).toBeLessThan(0.12 * comes + 8);
});

test('what grows by a hundredth a day has a band that holds the growth', () => {
  const usd = (hour: number): number => Math.exp((0.01 * hour) / 24);
  const hours = Array.from({ length: MONTH }, (_, hour) => usd(hour));
  const now = T0 + MONTH * HOUR_MS;
  const cost = costOutlook(loadOf(hours), now);
  const comes = sum(Array.from({ length: (Date.UTC(2026, 2, 1) - now) / HOUR_MS }, (_, at) => usd(MONTH + at)));

  expect(cost.monthUpperUsd - cost.monthSoFarUsd).toBeGreaterThan(comes);
});
