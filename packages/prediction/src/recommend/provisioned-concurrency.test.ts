import { expect, test } from '@jest/globals';
import { compareProvisioning, type ProvisioningInput } from './provisioned-concurrency.ts';

const HOUR_MS = 3_600_000;
const input: ProvisioningInput = {
  memoryMb: 1024,
  architecture: 'x86_64',
  concurrency: [10, 10, 4],
  calls: [0, 0, 0],
  stepMs: HOUR_MS,
  startsAt: 0,
  meanDurationMs: 100,
  p99WarmMs: 180,
  initMs: 900,
  coldShare: 0.02,
};
const of = (changed: Partial<ProvisioningInput> = {}) =>
  Object.fromEntries(compareProvisioning({ ...input, ...changed }).map((option) => [option.way, option]));

test('provisioned environments cost their GB-seconds where nobody calls, and keep cold starts out of the p99', () => {
  const { nothing, 'provisioned-concurrency': provisioned } = of();

  expect(nothing).toMatchObject({ extraUsd: 0, p99Ms: 1_080 });
  expect(provisioned!.extraUsd).toBeCloseTo(24 * 3_600 * 4.1667e-6);
  expect(provisioned!.p99Ms).toBe(180);
  expect(provisioned!.schedule).toEqual([
    { from: 0, to: 2 * HOUR_MS, environments: 10 },
    { from: 2 * HOUR_MS, to: 3 * HOUR_MS, environments: 4 },
  ]);
});

test('environments that are always busy pay off by themselves', () => {
  const busy = of({ calls: [360_000, 360_000, 144_000], coldShare: 0 });

  expect(busy['provisioned-concurrency']!.extraUsd).toBeCloseTo(24 * 3_600 * (4.1667e-6 + 9.7222e-6 - 1.66667e-5));
  expect(busy['provisioned-concurrency']!.extraUsd).toBeLessThan(0);
});

test('rare cold starts are not in the p99, and a reservation warms nothing', () => {
  expect(of({ coldShare: 0.005 }).nothing!.p99Ms).toBe(180);
  expect(of()['reserved-concurrency']).toMatchObject({ extraUsd: 0, p99Ms: 1_080 });
  expect(of()['warm-up-pings']!.extraUsd).toBeLessThan(of()['provisioned-concurrency']!.extraUsd);
});
