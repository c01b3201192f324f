import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tickAt } from '../tick.ts';
import { AdaptingCapacity } from './adapting-capacity.ts';
import { Backlog } from './backlog.ts';
import { throttledCall } from './dependency.ts';

describe('AdaptingCapacity', () => {
  test('takes twice its peak once that is old enough, and never more than it may', () => {
    const capacity = new AdaptingCapacity({ first: 100, most: 1_000, growth: 2, adaptMs: 120_000, tickMs: 1_000 });
    const taken = Array.from({ length: 1_000 }, (_, second) => capacity.take(tickAt(second, 1_000), 5_000));
    expect([0, 100, 200, 400, 999].map((second) => taken[second])).toEqual([100, 100, 200, 400, 1_000]);
  });
});

describe('throttledCall', () => {
  test('three attempts fail together with the cube of the share', () => {
    expect(throttledCall(0.5, 3, 100)).toEqual({ failShare: 0.125, waitMs: 0.5 * 100 + 0.25 * 200 });
    expect(throttledCall(0, 3, 100)).toEqual({ failShare: 0, waitMs: 0 });
  });
});

describe('Backlog', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ kind: fc.constantFrom('take' as const, 'newest' as const), count: fc.integer({ min: 0, max: 30 }) }),
    fc.record({ kind: fc.constant('back' as const), count: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ kind: fc.constant('before' as const), count: fc.integer({ min: 0, max: 10 }) }),
  );

  type Step = { kind: 'add' | 'take' | 'newest' | 'back' | 'before'; count: number };

  /** Does one step and gives by how much the backlog has grown. */
  function apply(backlog: Backlog, { kind, count }: Step, time: number): number {
    if (kind === 'take') return -backlog.take(count);
    if (kind === 'newest') return -backlog.takeNewest(count);
    if (kind === 'before') return -backlog.takeBefore(time - count);
    if (kind === 'add') backlog.add(time, count);
    else backlog.putBack(Math.max(0, time - 3), count);
    return count;
  }

  test('loses nothing, and its oldest never comes later than what is in it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const backlog = new Backlog();
        let expected = 0;
        for (const [time, each] of steps.entries()) {
          expected += apply(backlog, each, time);
          expect(backlog.size).toBe(expected);
          expect(backlog.oldestMs === undefined).toBe(expected === 0);
          expect(backlog.oldestMs ?? 0).toBeLessThanOrEqual(time);
        }
        expect(backlog.take(Number.POSITIVE_INFINITY)).toBe(expected);
      }),
    );
  });
});
