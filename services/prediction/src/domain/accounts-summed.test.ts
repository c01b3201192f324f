import { expect, test } from '@jest/globals';
import { aCost, aView } from '../../test/a-view.ts';
import { withAccountsSummed } from './accounts-summed.ts';

const costOf = (views: ReturnType<typeof withAccountsSummed>, region = 'us-east-1') =>
  views.find(({ resource }) => resource.type === 'account' && resource.region === region)?.cost;

test('an account costs what its functions cost together, whatever its own minutes foresaw', () => {
  const views = [
    aView(undefined, { cost: { ...aCost(1), knownFrom: 5 } }),
    aView('pay', { cost: { ...aCost(10), knownFrom: 7, basis: 'run-rate' } }),
    aView('book', { cost: { ...aCost(30), knownFrom: 9 } }),
    aView('book', { cost: aCost(99), region: 'eu-central-1' }),
  ];

  expect(costOf(withAccountsSummed(views))).toMatchObject({
    ...{ lastHourUsd: 40 / 720, todaySoFarUsd: 2, todayUsd: 4, monthSoFarUsd: 20, monthUsd: 40 },
    ...{ basis: 'run-rate', knownFrom: 7 },
  });
});

test('an account whose functions are not known keeps its own, and functions stay as they are', () => {
  const views = [aView(undefined, { cost: aCost(3), region: 'eu-central-1' }), aView('pay', { cost: aCost(10) })];

  expect(withAccountsSummed(views)).toEqual(views);
});
