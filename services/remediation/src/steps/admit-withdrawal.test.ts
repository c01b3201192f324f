import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { admitWithdrawal } from './admit-withdrawal.ts';

const KEPT = aRepair({ remediation: { state: 'kept' } });

function asked({ repair = KEPT, isKilled = false, isLocked = false, now = 1 } = {}) {
  const locked: string[] = [];
  const next = admitWithdrawal(repair.remediation.remediationId, new Date(0).toISOString(), {
    remediations: memoryRemediations(repair),
    killSwitch: { isOn: async () => isKilled, set: async () => undefined },
    guard: {
      state: () => Promise.reject(new Error('no rail is asked')),
      admit: () => Promise.reject(new Error('it was counted when it was admitted')),
      unlock: async () => undefined,
      release: async () => undefined,
      forget: async () => undefined,
      note: async () => undefined,
      lock: async ({ resourceKey }) => {
        if (isLocked) return 'conflict';
        locked.push(resourceKey);
        return 'written';
      },
    },
    now: () => now,
  });
  return { next, locked };
}

test('what is withdrawn takes the lock of its resource', async () => {
  const { next, locked } = asked();

  expect(await next).toEqual({ next: 'admitted' });
  expect(locked).toEqual(['lambda/hotel-pay']);
});

test.each([
  ['somebody changes the resource', { isLocked: true }],
  ['the kill switch is on', { isKilled: true }],
])('it waits while %s', async (_, more) => {
  const { next, locked } = asked(more);

  expect(await next).toEqual({ next: 'wait' });
  expect(locked).toEqual([]);
});

test('what is not in force is not withdrawn', async () => {
  const { next, locked } = asked({ repair: aRepair({ remediation: { state: 'rolled-back' } }) });

  expect(await next).toEqual({ next: 'over' });
  expect(locked).toEqual([]);
});

test('who has waited for a day ends, and is begun anew by the advice that is held', async () => {
  const { next, locked } = asked({ isKilled: true, now: 86_400_000 });

  expect(await next).toEqual({ next: 'over' });
  expect(locked).toEqual([]);
});
