import { expect, test } from '@jest/globals';
import { histogramOf } from '../statistics/histogram.ts';
import { aWindow } from '../testing/a-window.ts';
import { cpuShareOf, durationFactor, MEMORY_SIZES_MB } from './cpu-model.ts';
import { rightSize } from './right-size.ts';
import type { SizeTraffic } from './traffic-by-size.ts';
import { trafficBySize } from './traffic-by-size.ts';

const T0 = Date.UTC(2026, 0, 5);
const minute = (index: number): number => T0 + index * 60_000;

/** An hour at a size, each call taking the same. */
const hourAt = (from: number, memorySizeMb: number, durationMs: number, maxMemoryUsedMb = 90) =>
  Array.from({ length: 60 }, (_, index) =>
    aWindow(minute(from + index), { memorySizeMb, maxMemoryUsedMb }, 0, durationMs),
  );

test('computing doubles its pace with the memory up to one vCPU, waiting does not', () => {
  expect(durationFactor(512, 1_024, 1)).toBeCloseTo(0.5, 6);
  expect(durationFactor(512, 1_024, 0)).toBe(1);
  expect(durationFactor(512, 1_024, 0.5)).toBeCloseTo(0.75, 6);
  expect(durationFactor(1_769, 3_538, 1)).toBe(1);
  const meanAt = (memorySizeMb: number, ms: number) => ({ memorySizeMb, ms, errorMs: 0 });
  expect(cpuShareOf(meanAt(512, 100), meanAt(1_024, 75))?.share).toBeCloseTo(0.5, 6);
  expect(cpuShareOf(meanAt(1_769, 100), meanAt(3_538, 100))).toBeUndefined();
});

test('one size seen: other sizes are bounds, and nothing is recommended that may be dearer', () => {
  const answer = rightSize({ memorySizeMb: 1_024, traffic: trafficBySize(hourAt(0, 1_024, 100)) });

  const at512 = answer?.curve.find(({ memorySizeMb }) => memorySizeMb === 512);
  expect(at512).toMatchObject({ basis: 'bounded' });
  expect((at512?.p95Ms.most ?? 0) / (at512?.p95Ms.least ?? 1)).toBeCloseTo(2, 1);
  expect(answer?.recommendation.memorySizeMb).toBe(1_024);
  expect(answer?.recommendation.text).toMatch(/^Keep 1,024 MB.*Only this size was seen/);
});

test('two sizes seen and calls that wait: the smaller one is recommended, what was seen is measured, the rest estimated', () => {
  const traffic = trafficBySize([...hourAt(0, 512, 104), ...hourAt(60, 1_024, 100)]);
  const answer = rightSize({ memorySizeMb: 1_024, traffic });

  expect(answer?.cpuShare).toBeLessThan(0.1);
  expect(answer?.curve.find(({ memorySizeMb }) => memorySizeMb === 512)?.basis).toBe('measured');
  expect(answer?.curve.find(({ memorySizeMb }) => memorySizeMb === 256)?.basis).toBe('estimated');
  expect(answer?.recommendation.memorySizeMb).toBeLessThan(1_024);
  expect(answer?.recommendation.text).toContain('a million calls instead of');
});

test('calls that compute are not made slower by a smaller size', () => {
  const traffic = trafficBySize([...hourAt(0, 512, 200), ...hourAt(60, 1_024, 100)]);
  const answer = rightSize({ memorySizeMb: 1_024, traffic });

  expect(answer?.cpuShare).toBeGreaterThan(0.9);
  expect(answer?.recommendation.memorySizeMb).toBeGreaterThanOrEqual(1_024);
});

test('never below the memory in use and a fifth of head-room', () => {
  const traffic = trafficBySize([...hourAt(0, 512, 101, 460), ...hourAt(60, 1_024, 100, 460)]);
  const answer = rightSize({ memorySizeMb: 1_024, traffic });

  expect(answer?.leastMb).toBe(552);
  expect(answer?.curve.find(({ memorySizeMb }) => memorySizeMb === 512)?.basis).toBe('too-small');
  expect(answer?.recommendation.memorySizeMb).toBeGreaterThanOrEqual(552);
});

test('a size that is too small already is to grow', () => {
  const answer = rightSize({ memorySizeMb: 512, traffic: trafficBySize(hourAt(0, 512, 100, 470)) });
  expect(answer?.recommendation).toMatchObject({ memorySizeMb: 768 });
});

test('a minute that is told twice counts once, and a handful of calls says nothing', () => {
  const windows = hourAt(0, 512, 100);
  expect(trafficBySize([...windows, ...windows])[0]?.calls).toBe(1_200);
  expect(rightSize({ memorySizeMb: 512, traffic: trafficBySize(windows.slice(0, 2)) })).toBeUndefined();
});

test('an arm64 call costs a fifth less', () => {
  const traffic = trafficBySize(hourAt(0, 1_024, 100));
  const cost = (architecture: 'x86_64' | 'arm64') =>
    rightSize({ memorySizeMb: 1_024, architecture, traffic })?.curve.find(({ memorySizeMb }) => memorySizeMb === 1_024)
      ?.usdPerMillion.most ?? 0;
  // Without the request: 0.8 of the GB-seconds.
  expect((cost('arm64') - 0.2) / (cost('x86_64') - 0.2)).toBeCloseTo(0.8, 3);
});

test('where no size has head-room, it is not said that the largest has', () => {
  const recommended = (memorySizeMb: number) =>
    rightSize({ memorySizeMb, traffic: trafficBySize(hourAt(0, memorySizeMb, 100, 9_000)) })?.recommendation;
  expect(recommended(10_240)).toMatchObject({
    memorySizeMb: 10_240,
    text: expect.stringMatching(/^Keep 10,240 MB: .*the most that Lambda has/),
  });
  expect(recommended(9_500)?.text).toMatch(/^Set 10,240 MB: .*the most that Lambda has/);
});

test('a price holds what is billed: starts of environments, and whole milliseconds', () => {
  const price = (billedMs: number | undefined) => {
    const [known] = trafficBySize(hourAt(0, 1_024, 100));
    const { billedMs: _told, ...size } = known!;
    const traffic = [billedMs === undefined ? size : { ...size, billedMs: billedMs * size.calls }];
    return rightSize({ memorySizeMb: 1_024, traffic })!.curve.map(({ usdPerMillion }) => usdPerMillion.most);
  };
  const at = (prices: number[], memorySizeMb: number) => prices[MEMORY_SIZES_MB.indexOf(memorySizeMb)]!;
  const usdPerMillionOf = (ms: number, memorySizeMb: number) =>
    1e6 * (ms / 1_000) * (memorySizeMb / 1_024) * 1.66667e-5;

  // 150 ms of each call are starts, at another size as well.
  expect(at(price(250), 1_024) - at(price(undefined), 1_024)).toBeCloseTo(usdPerMillionOf(150, 1_024), -0.5);
  expect(at(price(250), 2_048) - at(price(undefined), 2_048)).toBeCloseTo(usdPerMillionOf(150, 2_048), -0.5);
  expect(at(price(0), 1_024)).toBe(at(price(undefined), 1_024));
});

/** Calls that compute all the time, at 100 ms on a whole vCPU, log-normal with a spread of 0.8: no size up to one vCPU is cheaper than another. */
function computingAt(memorySizeMb: number, calls: number, uniform: () => number): SizeTraffic {
  const meanMs = (100 * 1_769) / memorySizeMb;
  const durations = Array.from({ length: calls }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return meanMs * Math.exp(0.8 * normal - 0.32);
  });
  const billedMs = durations.reduce((sum, ms) => sum + Math.ceil(ms), 0);
  return { memorySizeMb, calls, maxMemoryUsedMb: 90, durations: histogramOf(durations.map((ms) => [ms, 1])), billedMs };
}

/** Park and Miller's generator (1988). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test.each([60, 400])('what chance makes cheaper is not promised: %i calls at each of five sizes', (calls) => {
  const promised = Array.from({ length: 100 }, (_, seed) => {
    const uniform = uniformFrom(7_919 * (seed + 1));
    const traffic = [512, 768, 1_024, 1_536, 1_769].map((mb) => computingAt(mb, calls, uniform));
    return rightSize({ memorySizeMb: 512, traffic })?.recommendation.memorySizeMb;
  }).filter((memorySizeMb) => memorySizeMb !== 512);
  expect(promised.length).toBeLessThanOrEqual(2);
});

test('what is saved for certain is found in few calls', () => {
  const uniform = uniformFrom(5);
  const traffic = [3_538, 1_769].map((mb) => ({ ...computingAt(1_769, 500, uniform), memorySizeMb: mb }));
  expect(rightSize({ memorySizeMb: 3_538, traffic })?.recommendation.text).toMatch(/^Set 1,(536|769) MB: at most \$/);
});

test('code that computes on every vCPU there is may be the slower with fewer', () => {
  const answer = rightSize({ memorySizeMb: 10_240, traffic: trafficBySize(hourAt(0, 10_240, 100)) });
  const at1769 = answer?.curve.find(({ memorySizeMb }) => memorySizeMb === 1_769);
  expect((at1769?.p95Ms.most ?? 0) / (at1769?.p95Ms.least ?? 1)).toBeCloseTo(10_240 / 1_769, 1);
  expect(answer?.recommendation.memorySizeMb).toBe(10_240);
});
