import { expect, test } from '@jest/globals';
import { newPredictionState, type PredictionState, predictLoad } from '../predict-load.ts';
import { minutesFrom, T0 } from '../testing/a-load.ts';
import { budgetLook } from './budget-look.ts';
import type { CostOutlook } from './cost-outlook.ts';

const MINUTE_MS = 60_000;
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
