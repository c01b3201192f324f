import { expect, test } from '@jest/globals';
import { costTotals } from './cost-totals.ts';

const cost = (usd: number) => ({
  at: 0,
  lastHourUsd: 0,
  todaySoFarUsd: usd,
  todayUsd: 2 * usd,
  monthSoFarUsd: 3 * usd,
  monthUsd: 4 * usd,
  monthLowerUsd: 0,
  monthUpperUsd: 0,
  basis: 'forecast' as const,
  knownFrom: 0,
});
const place = { accountId: '123456789012', region: 'us-east-1' };

test('functions are summed up, and the account, which holds them, is not', () => {
  const costs = [
    { resource: { ...place, type: 'lambda-function' as const, name: 'a' }, cost: cost(1) },
    { resource: { ...place, type: 'lambda-function' as const, name: 'b' }, cost: cost(10) },
    { resource: { ...place, type: 'account' as const, name: '123456789012' }, cost: cost(11) },
  ];
  expect(costTotals(costs)).toEqual({ todaySoFarUsd: 11, todayUsd: 22, monthSoFarUsd: 33, monthUsd: 44 });
});
