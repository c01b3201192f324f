import { describe, expect, test } from '@jest/globals';
import { aView } from '../../test/a-view.ts';
import { costAsOf, viewAsOf } from './cost-as-of.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Noon of 20 November: ten of thirty dollars are to come, one a day. */
const AT = Date.UTC(2026, 10, 20, 12);
const COST = {
  at: AT,
  lastHourUsd: 0.1,
  todaySoFarUsd: 0.5,
  todayUsd: 1,
  monthSoFarUsd: 19.5,
  monthUsd: 30,
  monthLowerUsd: 27,
  monthUpperUsd: 33,
  basis: 'forecast' as const,
  knownFrom: Date.UTC(2026, 10, 1),
};

describe('a cost that was foreseen earlier', () => {
  test('is what it was at its own time', () => {
    expect(costAsOf(COST, AT)).toBe(COST);
  });

  test('of yesterday goes on today, and the month, without the time that has passed', () => {
    const cost = costAsOf(COST, AT + DAY_MS);

    expect(cost).toMatchObject({ todaySoFarUsd: 0, lastHourUsd: 0, monthSoFarUsd: 19.5 });
    expect(cost.todayUsd).toBeCloseTo(0.5);
    expect(cost.monthUsd).toBeCloseTo(29);
    expect(cost.monthLowerUsd).toBeLessThan(cost.monthUsd);
    expect(cost.monthUpperUsd).toBeGreaterThan(cost.monthUsd);
  });

  test('comes again within eight days, and then is over', () => {
    const midnight = AT + 8 * DAY_MS - DAY_MS / 2;

    expect(costAsOf(COST, midnight).todayUsd).toBeCloseTo(1);
    expect(costAsOf(COST, midnight + DAY_MS)).toMatchObject({ todayUsd: 0, monthUsd: 19.5, monthUpperUsd: 19.5 });
  });

  test('of another month is nothing of this one, and nothing is foreseen of what has been silent for so long', () => {
    expect(costAsOf(COST, Date.UTC(2026, 11, 5))).toMatchObject({
      todaySoFarUsd: 0,
      todayUsd: 0,
      monthSoFarUsd: 0,
      monthUsd: 0,
      monthLowerUsd: 0,
      monthUpperUsd: 0,
      knownFrom: Date.UTC(2026, 11, 1),
    });
  });

  test('minutes before the month began is foreseen for the new one, up to twice what is foreseen', () => {
    const at = Date.UTC(2026, 11, 1) - 3 * MINUTE_MS;
    const month = { monthSoFarUsd: 29.999, monthUsd: 29.9997, monthLowerUsd: 29.999, monthUpperUsd: 30.12 };

    const cost = costAsOf({ ...COST, at, todaySoFarUsd: 0.999, ...month }, at + 5 * MINUTE_MS);

    expect(cost).toMatchObject({ todaySoFarUsd: 0, monthSoFarUsd: 0, monthLowerUsd: 0 });
    expect(cost.todayUsd).toBeCloseTo(1, 1);
    expect(cost.monthUsd).toBeCloseTo(31, 1);
    expect(cost.monthUpperUsd).toBeCloseTo(2 * cost.monthUsd);
  });

  test('on the last day of a month has a band around it, no wider than it was', () => {
    const at = Date.UTC(2026, 10, 30, 23);
    const month = { monthSoFarUsd: 29.96, monthUsd: 29.9601, monthLowerUsd: 29.96, monthUpperUsd: 29.97 };

    const cost = costAsOf({ ...COST, at, todaySoFarUsd: 0.96, ...month }, at + 10 * MINUTE_MS);

    expect(cost.monthUsd).toBeCloseTo(29.96 + 50 / 1_440);
    expect(cost.monthLowerUsd).toBeLessThanOrEqual(cost.monthUsd);
    expect(cost.monthUpperUsd).toBeCloseTo(cost.monthUsd);
  });

  test('of the same day loses of the rest of the day what has passed', () => {
    expect(costAsOf(COST, AT + 6 * 60 * MINUTE_MS).todayUsd).toBeCloseTo(0.75);
  });
});

test('what was watched in another month is watched no more, unless the month has just begun', () => {
  const watched = { invocations: 1_000, busyMinutes: 100 };
  const view = { ...aView('lookup', { watched }), cost: COST };

  expect(viewAsOf(view, AT + DAY_MS).watched).toBe(watched);
  expect(viewAsOf(view, Date.UTC(2026, 11, 2)).watched).toEqual({ invocations: 0, busyMinutes: 0 });
  const atTheEnd = { ...view, cost: { ...COST, at: Date.UTC(2026, 11, 1) - MINUTE_MS } };
  expect(viewAsOf(atTheEnd, Date.UTC(2026, 11, 1)).watched).toBe(watched);
});
