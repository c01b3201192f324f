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

const BUDGET = { kind: 'budget', name: 'Budget of the month', value: 100, unit: 'USD', of: 'month-cost' } as const;

/** What is told of a budget of $100, looked at every so many minutes. */
function toldOf(environments: readonly number[], everyMinutes: number) {
  const news = minutesFrom(environments);
  let state: PredictionState = newPredictionState();
  const changes = Array.from({ length: Math.ceil(news.length / everyMinutes) }, (_, look) => {
    const fresh = news.slice(look * everyMinutes, (look + 1) * everyMinutes);
    const next = predictLoad(state, fresh, { now: fresh.at(-1)!.start + MINUTE_MS, limits: [BUDGET] });
    state = next.state;
    return next.changes;
  }).flat();
  return { changes, used: state.outlooks.budget!.used };
}

test('a budget is told once, with the day', () => {
  const { changes, used } = toldOf(Array<number>(30 * 60).fill(20), 30);

  // Two cents a minute since 15 January: 490 USD by the month's end.
  expect(changes.map(({ change }) => change)).toEqual(['predicted']);
  expect(changes[0]!.look.at - T0).toBeGreaterThanOrEqual(24 * HOUR_MS);
  expect(changes[0]!.look.expectedAt! - T0).toBeGreaterThan(3 * 24 * HOUR_MS);
  expect(used).toBeLessThan(0.5);
});

test('a burst in the first minutes is no month of bursts', () => {
  // Three minutes at five cents, then a hundredth of a cent a minute.
  const burst = [50, 50, 50, ...Array<number>(3 * 60).fill(0.1)];

  expect(toldOf(burst, 1).changes).toEqual([]);
});

test('a budget that is spent within the first day is told as spent', () => {
  const first = { ...HALF_MONTH, basis: 'run-rate', knownFrom: HALF_MONTH.at - 23 * HOUR_MS } as const;

  expect(budgetLook(first, 600).probability).toBe(0);
  expect(budgetLook(first, 360)).toMatchObject({ probability: 1, used: 1 });
  expect(budgetLook({ ...first, knownFrom: first.knownFrom - HOUR_MS }, 600).probability).toBeGreaterThan(0.999);
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
