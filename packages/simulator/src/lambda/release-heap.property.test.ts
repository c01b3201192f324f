import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ReleaseHeap } from './release-heap.ts';

test('a heap of releases gives the earliest first', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (times) => {
      const heap = new ReleaseHeap();
      for (const time of times) heap.push(time, true);
      const drained = times.map(() => {
        const { earliest } = heap;
        heap.pop();
        return earliest;
      });
      expect(drained).toEqual([...times].sort((a, b) => a - b));
      expect(heap.size).toBe(0);
    }),
  );
});
