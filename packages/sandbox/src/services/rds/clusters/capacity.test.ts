import { describe, expect, test } from '@jest/globals';
import { Capacity } from './capacity.ts';

const SCALING = { minCapacity: 0, maxCapacity: 4 };
const busy = (share: number) => ({ busyMs: share * 60_000, connections: 2, isPaused: false });

describe('capacity', () => {
  test('rises at once to what a busy core needs, and falls by halves', () => {
    const capacity = new Capacity();
    const seen = [1, 0, 0, 0, 0].map((share) => capacity.next(busy(share), SCALING).capacity);

    expect(seen).toEqual([4, 2, 1, 0.5, 0.5]);
  });

  test('stays within its bounds, and shows them as utilisation', () => {
    const capacity = new Capacity();

    expect(capacity.next(busy(1), { minCapacity: 0.5, maxCapacity: 2 })).toEqual({
      capacity: 2,
      utilizationPct: 100,
      cpuPct: 100,
      connections: 2,
    });
    expect(capacity.next(busy(0), { minCapacity: 1.5, maxCapacity: 2 })).toMatchObject({ capacity: 1.5, cpuPct: 0 });
  });

  test('is nothing while it is paused', () => {
    expect(new Capacity().next({ busyMs: 0, connections: 0, isPaused: true }, SCALING)).toEqual({
      capacity: 0,
      utilizationPct: 0,
      cpuPct: 0,
      connections: 0,
    });
  });
});
