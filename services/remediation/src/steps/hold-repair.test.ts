import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { admitTakeBack, letGo } from './hold-repair.ts';
import { MOST_WAIT_MS } from './waited-too-long.ts';

const MINUTE_MS = 60_000;
const HELD_UNTIL = 30 * MINUTE_MS;

/** A repair that stays for half an hour, and whether somebody else has the lock of its resource. */
function aHeldRepair({ isLocked = false, state = 'verifying' as const, at = HELD_UNTIL } = {}) {
  const repair = aRepair({ remediation: { state, appliedAt: 0 }, untilMinutes: 30 });
  const done: string[] = [];
  const never = () => Promise.reject(new Error('nobody should'));
  const deps = {
    remediations: memoryRemediations(repair),
    guard: {
      state: never,
      admit: never,
      release: never,
      forget: never,
      note: never,
      unlock: async ({ resourceKey }: { resourceKey: string }) => void done.push(`unlocked ${resourceKey}`),
      lock: async ({ resourceKey }: { resourceKey: string }) => {
        if (isLocked) return 'conflict' as const;
        done.push(`locked ${resourceKey}`);
        return 'written' as const;
      },
    },
    now: () => at,
  };
  return { id: repair.remediation.remediationId, deps, done };
}

test('while a repair stays for a while, others may change its resource; it is taken back in its turn', async () => {
  const { id, deps, done } = aHeldRepair();

  expect(await letGo(id, deps)).toEqual({ next: 'hold' });
  expect(await admitTakeBack(id, deps)).toEqual({ next: 'admitted' });

  expect(done).toEqual(['unlocked lambda/hotel-pay', 'locked lambda/hotel-pay']);
});

test('it waits for who changes the resource, and no longer than anybody waits', async () => {
  const { id, deps } = aHeldRepair({ isLocked: true });
  expect(await admitTakeBack(id, deps)).toEqual({ next: 'wait' });

  const later = aHeldRepair({ isLocked: true, at: HELD_UNTIL + MOST_WAIT_MS });
  expect(await admitTakeBack(later.id, later.deps)).toEqual({ next: 'admitted' });
});

test('what is gone is not taken back', async () => {
  const { deps } = aHeldRepair();

  expect(await letGo('nobody', deps)).toEqual({ next: 'over' });
  expect(await admitTakeBack('nobody', deps)).toEqual({ next: 'over' });
});
