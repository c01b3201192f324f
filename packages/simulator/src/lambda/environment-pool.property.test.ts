import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EnvironmentPool } from './environment-pool.ts';

test('a pool is the largest need within the keep-alive', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (needs, keep) => {
        const pool = new EnvironmentPool(keep);
        for (const [now, need] of needs.entries()) {
          pool.expire(now);
          pool.use(now, need);
          expect(pool.size).toBe(Math.max(...needs.slice(Math.max(0, now - keep), now + 1)));
        }
      },
    ),
  );
});
