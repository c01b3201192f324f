import { expect, test } from '@jest/globals';
import { lookAtLimits } from '../breach/look-at-limits.ts';
import { newLoadState } from '../load/load-state.ts';
import { takeMinutes } from '../load/take-minutes.ts';
import { predictLoad } from '../predict-load.ts';
import { newPredictionState, type PredictionState } from '../prediction-state.ts';
import { aLoad, minutesFrom, T0 } from '../testing/a-load.ts';
import { budgetLook } from './budget-look.ts';
import type { CostOutlook } from './cost-outlook.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HALF_MONTH: CostOutlook = {
  at: Date.UTC(2026, 0, 16),
  lastHourUsd: 1,
  todaySoFarUsd: 0,
  todayUsd: 24,
  monthSoFarUsd: 360,
  monthUsd: 744,
  monthLowerUsd: 700,
  monthUpperUsd: 788,
  basis: 'forecast',
  knownFrom: Date.UTC(2026, 0, 1),
};

test('a budget below what the month will cost is spent on a day that follows from it', () => {
  const look = budgetLook(HALF_MONTH, 600);

  expect(look.probability).toBeGreaterThan(0.999);
  expect(look.used).toBeCloseTo(0.6);
  // 240 of the 384 that are left, over sixteen days.
  expect(look.expectedAt).toBeCloseTo(Date.UTC(2026, 0, 26), -6);
});

test('a budget above the band is kept, one at the mean is as likely as not, and one that is spent is spent', () => {
  expect(budgetLook(HALF_MONTH, 900).probability).toBeLessThan(0.001);
  expect(budgetLook(HALF_MONTH, 744).probability).toBeCloseTo(0.5);
  expect(budgetLook(HALF_MONTH, 360)).toMatchObject({ probability: 1, used: 1 });
});

test('a budget is told once, with the day', () => {
  const limit = { kind: 'budget', name: 'Budget of the month', value: 200, unit: 'USD', of: 'month-cost' } as const;
  let state: PredictionState = newPredictionState();
  const changes = minutesFrom(Array<number>(180).fill(20)).flatMap((one) => {
    const next = predictLoad(state, [one], { now: one.start + MINUTE_MS, limits: [limit] });
    state = next.state;
    return next.changes;
  });

  // Two cents a minute since 15 January: 490 USD by the month's end.
  expect(changes.map(({ change }) => change)).toEqual(['predicted']);
  expect(changes[0]!.look.expectedAt! - T0).toBeGreaterThan(5 * 86_400_000);
  expect(state.outlooks.budget!.used).toBeLessThan(0.05);
});

test('a budget is told in every month that it is spent in, and a month ends what was told of it', () => {
  const limit = { kind: 'budget', name: 'Budget of the month', value: 200, unit: 'USD', of: 'month-cost' } as const;
  const hourly = Array.from({ length: 58 * 24 }, (_, hour) => ({
    start: T0 + hour * HOUR_MS,
    revision: 0,
    load: { ...aLoad(1), costUsd: 0.75 },
  }));
  const told: string[] = [];
  let state: PredictionState = newPredictionState();
  // $18 a day since 15 January.
  for (const day of [5, 6, 7, 16, 20, 21, 22, 23, 44, 47, 48, 49, 50]) {
    const now = T0 + day * 24 * HOUR_MS;
    const known = hourly.filter(({ start }) => start < now);
    const looked = { ...state, load: takeMinutes(newLoadState(), known, now) };
    const next = lookAtLimits(looked, [limit], { now, hasNewForecasts: true });
    state = next.state;
    told.push(...next.changes.map(({ change, since }) => `${change} of ${new Date(since).toISOString().slice(0, 7)}`));
  }

  expect(told.filter((change) => !change.startsWith('corrected'))).toEqual([
    'predicted of 2026-01',
    'happened of 2026-01',
    'withdrawn of 2026-01',
    'predicted of 2026-02',
    'happened of 2026-02',
    'withdrawn of 2026-02',
    'predicted of 2026-03',
  ]);
});
