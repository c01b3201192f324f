import { expect, test } from '@jest/globals';
import { admit, type Load } from './admission.ts';

const load: Load = {
  arrivals: 1_000,
  chanceShare: 1,
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
