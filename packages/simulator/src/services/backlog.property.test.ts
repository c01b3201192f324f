import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Backlog } from './backlog.ts';

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

test('a backlog loses nothing, and its oldest never comes later than what is in it', () => {
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
