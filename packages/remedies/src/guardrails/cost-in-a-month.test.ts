import { expect, test } from '@jest/globals';
import { type ChangeCost, mostInAMonth } from './cost-in-a-month.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 5, 1);

const steady = (perMonthUsd: number, rest: Partial<ChangeCost> = {}): ChangeCost => ({
  at: NOW,
  costPerHourUsd: perMonthUsd / 730,
  costPerMonthUsd: perMonthUsd,
  ...rest,
});
const spent = (...changes: readonly ChangeCost[]) => mostInAMonth(changes, NOW);

test('what is in force costs a month of it, however long it has been', () => {
  expect(spent()).toBe(0);
  expect(spent(steady(40))).toBeCloseTo(40);
  expect(spent(steady(40, { at: NOW - 200 * DAY_MS }), steady(5))).toBeCloseTo(45);
  expect(spent(steady(-40), steady(5))).toBeCloseTo(5);
});

test('what is held for a while costs its hours, and still does when it is over, for a month', () => {
  const held = (at: number): ChangeCost => ({
    at,
    endedAt: at + 2 * HOUR_MS,
    costPerHourUsd: 0.9,
    costPerMonthUsd: 1.8,
  });
  const { endedAt: _, ...now } = held(NOW);
  const everyFiveHours = Array.from({ length: 30 }, (_value, index) => held(NOW - (index + 1) * 5 * HOUR_MS));

  expect(spent(now)).toBeCloseTo(1.8);
  expect(spent(now, ...everyFiveHours)).toBeCloseTo(31 * 1.8);
  expect(spent(held(NOW - 31 * DAY_MS))).toBeCloseTo(0);
});

test('what was undone early has cost until then', () => {
  expect(spent(steady(730, { at: NOW - 3 * HOUR_MS, endedAt: NOW - HOUR_MS }))).toBeCloseTo(2);
});

test('what is paid once leaves after a month, though it stays in force', () => {
  const warm = (at: number, rest: object = {}): ChangeCost => ({ at, costPerHourUsd: 0, costPerMonthUsd: 30, ...rest });

  expect(spent(warm(NOW - 20 * DAY_MS, { costOnceUsd: 30 }))).toBeCloseTo(30);
  expect(spent(warm(NOW - 31 * DAY_MS, { costOnceUsd: 30 }))).toBe(0);
  // As an earlier version wrote it.
  expect(spent(warm(NOW - 20 * DAY_MS))).toBeCloseTo(30);
  expect(spent(warm(NOW - 31 * DAY_MS))).toBe(0);
});

test('what takes the place of something of its price costs no more than it did', () => {
  const before = steady(40, { at: NOW - 100 * DAY_MS, endedAt: NOW });

  expect(spent(before, steady(40))).toBeCloseTo(40);
  expect(spent(before, steady(50))).toBeCloseTo(50);
  expect(spent(before, steady(10))).toBeCloseTo(40);
});

test('a repair that is held longer than it should costs on', () => {
  const late: ChangeCost = { at: NOW - 10 * HOUR_MS, costPerHourUsd: 1, costPerMonthUsd: 2 };

  expect(spent(late)).toBeCloseTo(10);
});
