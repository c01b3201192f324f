import { describe, expect, test } from '@jest/globals';
import { aCost, aView } from '../../test/a-view.ts';
import { costsOfStacks } from './costs-of-stacks.ts';

describe('the costs of stacks', () => {
  test('are their functions together, the dearest stack first', () => {
    const views = [
      aView('lookup', { stack: 'reservation', cost: aCost(10) }),
      aView('resize', { stack: 'photos', cost: aCost(50) }),
      aView('change', { stack: 'reservation', cost: aCost(20) }),
    ];

    expect(costsOfStacks(views)).toMatchObject([
      { stack: 'photos', functions: 1, todayUsd: 5, monthSoFarUsd: 25, monthUsd: 50 },
      { stack: 'reservation', functions: 2, todayUsd: 3, monthSoFarUsd: 15, monthUsd: 30 },
    ]);
  });

  test('have a band in which independent errors meet by their squares', () => {
    const views = [
      aView('lookup', { stack: 'reservation', cost: { ...aCost(10), monthLowerUsd: 7, monthUpperUsd: 16 } }),
      aView('change', { stack: 'reservation', cost: { ...aCost(20), monthLowerUsd: 16, monthUpperUsd: 28 } }),
    ];

    // Half-widths 3 and 4 make 5 below; 6 and 8 make 10 above.
    expect(costsOfStacks(views)).toMatchObject([{ monthUsd: 30, monthLowerUsd: 25, monthUpperUsd: 40 }]);
  });

  test('are never less than nothing', () => {
    const views = [aView('lookup', { stack: 'reservation', cost: { ...aCost(1), monthLowerUsd: -8 } })];

    expect(costsOfStacks(views)[0]!.monthLowerUsd).toBe(0);
  });

  test('leave out what belongs to no stack, and keep accounts and regions apart', () => {
    const views = [
      aView('by-hand', { cost: aCost(99) }),
      aView('lookup', { stack: 'reservation', cost: aCost(1) }),
      aView('lookup', { stack: 'reservation', cost: aCost(2), region: 'eu-central-1' }),
      aView('lookup', { stack: 'reservation', cost: aCost(3), accountId: '210987654321' }),
    ];

    expect(costsOfStacks(views).map(({ accountId, region, monthUsd }) => [accountId, region, monthUsd])).toEqual([
      ['210987654321', 'us-east-1', 3],
      ['123456789012', 'eu-central-1', 2],
      ['123456789012', 'us-east-1', 1],
    ]);
  });
});
