import { expect, test } from '@jest/globals';
import { type LoadState, newLoadState } from '../load/load-state.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import { takeMinutes } from '../load/take-minutes.ts';
import { T0 } from '../testing/a-load.ts';
import { adviseProvisioning, isOtherAdvice } from './provisioning-advice.ts';

const DAY_MINUTES = 1_440;
const FUNCTION = { memoryMb: 1_024, architecture: 'arm64' } as const;

interface Played {
  readonly use?: number;
  /** Share of the calls, at all times or by the hour since the first. */
  readonly cold?: number | ((hour: number) => number);
  /** Environments are kept ready from this hour since the first on: nothing is cold. */
  readonly provisionedFrom?: number;
}

/** Days of a function that is busy in 20 environments from 8 to 18 o'clock, and in 2 for the rest of the day. */
function days(count: number, { use = 0.5, cold: coldAt = 0.02, provisionedFrom = Infinity }: Played = {}): LoadState {
  const news = Array.from({ length: count * DAY_MINUTES }, (_, at) => {
    const since = Math.floor(at / 60);
    const hour = since % 24;
    const isProvisioned = since >= provisionedFrom;
    const cold = isProvisioned ? 0 : typeof coldAt === 'number' ? coldAt : coldAt(since);
    const environments = hour >= 8 && hour < 18 ? 20 : 2;
    const calls = Math.round(environments * use * 600);
    const load = {
      calls,
      busyMs: calls * 100 + Math.round(calls * cold) * 900,
      costUsd: calls * 2e-6,
      peak: environments,
      maxDurationMs: 180,
      coldStarts: Math.round(calls * cold),
      initMs: Math.round(calls * cold) * 900,
      ...(isProvisioned && { isProvisioned }),
    };
    return { start: T0 + at * MINUTE_MS, revision: 0, load };
  });
  return takeMinutes(newLoadState(), news, T0 + count * DAY_MINUTES * MINUTE_MS);
}

test('environments are kept ready for the hours that need them, a little before they do', () => {
  const advice = adviseProvisioning(days(5), FUNCTION)!;

  expect(advice.advised).toBe('provisioned-concurrency');
  expect(advice.actions).toEqual([
    { name: 'lamplighter-08', schedule: 'cron(55 7 * * ? *)', concurrency: 20 },
    { name: 'lamplighter-18', schedule: 'cron(0 18 * * ? *)', concurrency: 2 },
  ]);
  expect(advice.options.find(({ way }) => way === 'nothing')!.p99Ms).toBe(1_080);
  expect(advice.options.find(({ way }) => way === 'provisioned-concurrency')!.p99Ms).toBe(180);
});

test('inits are saved once, not as duration too', () => {
  const { options } = adviseProvisioning(days(5), FUNCTION)!;

  // 10 hours of 20 environments and 14 of 2, half used: 6,000 and 600 calls a minute of 100 ms, a fiftieth with an init of 900 ms.
  const [calls, gbSeconds] = [60 * (10 * 6_000 + 14 * 600), 3_600 * (10 * 20 + 14 * 2)];
  const usd = gbSeconds * 3.3334e-6 - calls * 0.1 * (1.33334e-5 - 7.7778e-6) - calls * 0.02 * 0.9 * 1.33334e-5;
  expect(options.find(({ way }) => way === 'provisioned-concurrency')!.extraUsd).toBeCloseTo(usd, 2);
});

test('what is hardly cold, or would cost much more than it brings, is left as it is', () => {
  expect(adviseProvisioning(days(5, { use: 0.3, cold: 0.001 }), FUNCTION)!.advised).toBe('nothing');
  expect(adviseProvisioning(days(5, { use: 0.02 }), FUNCTION)!.advised).toBe('nothing');
});

test('environments that are always busy pay off by themselves, cold or not', () => {
  const { advised, options } = adviseProvisioning(days(3, { use: 1, cold: 0 }), FUNCTION)!;

  expect(advised).toBe('provisioned-concurrency');
  expect(options.find(({ way }) => way === 'provisioned-concurrency')!.extraUsd).toBeLessThan(0);
});

const told = (load: LoadState) => {
  const { advised, cold } = adviseProvisioning(load, FUNCTION)!;
  return { advised, cold };
};

test('an advice that is followed stays: what is warm because environments are kept ready is not taken for warm', () => {
  const before = told(days(3));
  const followed = days(20, { provisionedFrom: 72 });

  for (const isProvisioned of [true, false])
    expect(adviseProvisioning(followed, { ...FUNCTION, isProvisioned, before })).toMatchObject({
      advised: 'provisioned-concurrency',
      cold: before.cold,
    });
});

test('an advice that is followed is taken back when it costs more than it brings', () => {
  const before = told(days(3));
  const idle = days(20, { provisionedFrom: 72, use: 0.02 });

  expect(adviseProvisioning(idle, { ...FUNCTION, isProvisioned: true, before })!.advised).toBe('nothing');
});

test('what an earlier release advised, which did not keep on what, is taken back for its cost alone', () => {
  const before = { advised: 'provisioned-concurrency' };
  const of = (use: number) =>
    adviseProvisioning(days(20, { provisionedFrom: 0, use }), { ...FUNCTION, isProvisioned: true, before })!.advised;

  expect(of(0.6)).toBe('provisioned-concurrency');
  expect(of(0.02)).toBe('nothing');
});

test('an advice that nobody follows ends when calls are warm without it', () => {
  const before = told(days(3));
  const warm = days(20, { cold: (hour) => (hour < 72 ? 0.02 : 0.001) });

  expect(adviseProvisioning(warm, { ...FUNCTION, before })!.advised).toBe('nothing');
});

test('two cold hours after three warm days are no reason', () => {
  const { advised, cold } = adviseProvisioning(days(4, { cold: (hour) => (hour >= 90 ? 0.05 : 0.001) }), FUNCTION)!;

  expect(advised).toBe('nothing');
  expect(cold.share).toBeLessThan(0.01);
});

test('nothing is said of a function of which less than a day without environments kept ready is known', () => {
  expect(adviseProvisioning(days(5, { provisionedFrom: 12 }), { ...FUNCTION, isProvisioned: true })).toBeUndefined();
  const { coldDays: _, ...older } = days(5);
  expect(adviseProvisioning(older, FUNCTION)).toBeUndefined();
});

test('nothing is advised before two days are known, or of a function that is hardly called', () => {
  expect(adviseProvisioning(newLoadState(), FUNCTION)).toBeUndefined();
  expect(adviseProvisioning(days(1), FUNCTION)).toBeUndefined();
  expect(adviseProvisioning(days(3, { use: 0.001 }), FUNCTION)).toBeUndefined();
});

test('a fifth more in an hour is another advice', () => {
  expect(isOtherAdvice([10, 11], [10, 10])).toBe(false);
  expect(isOtherAdvice([10, 13], [10, 10])).toBe(true);
  expect(isOtherAdvice([0, 2], [0, 0])).toBe(true);
});
