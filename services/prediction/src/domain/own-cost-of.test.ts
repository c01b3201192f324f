import { expect, test } from '@jest/globals';
import { costOutlook, newLoadState } from '@lamplighter/prediction';
import type { CapacityView, ForecastView } from './forecast-view.ts';
import { ownCostOf } from './own-cost-of.ts';

const place = { accountId: '123456789012', region: 'us-east-1' };
const figure = (name: string, metrics?: number): CapacityView => ({
  resource: { ...place, type: 'api', name },
  forecasts: [],
  limits: [],
  scores: [],
  ...(metrics !== undefined && { metrics }),
});
/** An account whose functions work in every minute of a month. */
const account: ForecastView = {
  resource: { ...place, type: 'account', name: place.accountId },
  forecasts: [],
  cost: costOutlook(newLoadState(), 0),
  limits: [],
  watched: { invocations: 0, busyMinutes: 43_200 },
  scores: [],
};

test('a figure that is the sum of a metric of each API costs that of each', () => {
  const usdOf = (gauge: CapacityView): number => ownCostOf([account], [gauge]).monthUsd;

  expect(usdOf(figure('all', 100)) - usdOf(figure('one'))).toBeCloseTo(99 * 0.036);
});
