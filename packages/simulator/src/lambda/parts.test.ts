import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSampler } from '../random/sampler.ts';
import { tickAt } from '../tick.ts';
import { Departures } from './departures.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { ProvisionedConcurrency } from './provisioned-concurrency.ts';
import { ReleaseHeap } from './release-heap.ts';
import { admit, type Load } from './running/admission.ts';

describe('EnvironmentPool', () => {
  test('is the largest need within the keep-alive', () => {
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
});

describe('ProvisionedConcurrency', () => {
  test('lets nothing be used until all is allocated, at 6,000 a minute', () => {
    const provisioned = new ProvisionedConcurrency(10, 90_000);
    provisioned.request(0, 3_010);
    expect([provisioned.ready(119_999), provisioned.ready(120_000)]).toEqual([10, 3_010]);
    provisioned.request(200_000, 5);
    expect(provisioned.ready(200_000)).toBe(5);
  });
});

describe('ReleaseHeap', () => {
  test('gives the earliest first', () => {
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
});

describe('Departures', () => {
  test('leave when their time is over, spread as their starts were', () => {
    const departures = new Departures(1_000);
    departures.addSpread(tickAt(0, 1_000), 2_250, 1_000, 0, createSampler(1, 'departures'));
    const left = Array.from({ length: 5 }, (_, index) => departures.drain(tickAt(index, 1_000)).ok);
    expect(left).toEqual([0, 0, 750, 250, 0]);
    expect(departures.inFlight).toBe(0);
  });
});

describe('admit', () => {
  const load: Load = {
    arrivals: 1_000,
    tickMs: 1_000,
    staying: 0,
    meanDurationMs: 200,
    initMs: 300,
    environments: 0,
    concurrencyLimit: 10_000,
    mayCreate: 1_000,
    rateLimit: 100_000,
  };

  test('the first requests all meet new environments until the first of these is free', () => {
    expect(admit(load)).toMatchObject({ admitted: 1_000, created: 500 });
  });

  test('enough warm environments need no new ones', () => {
    expect(admit({ ...load, environments: 260 })).toMatchObject({ admitted: 1_000, created: 0 });
  });

  test('what the scaling rate, the concurrency or the request rate do not let through is left', () => {
    expect(admit({ ...load, mayCreate: 0 }).admitted).toBe(0);
    expect(admit({ ...load, environments: 500, concurrencyLimit: 100, mayCreate: 0 }).admitted).toBe(500);
    expect(admit({ ...load, environments: 500, rateLimit: 10 }).admitted).toBe(10);
  });
});
