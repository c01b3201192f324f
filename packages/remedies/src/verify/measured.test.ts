import { expect, test } from '@jest/globals';
import { type Measurable, measured } from './measured.ts';

const FIGURES: Measurable = {
  failureShare: 0.1,
  timeoutShare: 0.2,
  outOfMemoryShare: 0.3,
  coldStartShare: 0.4,
  p50Ms: 50,
  p95Ms: 95,
  memoryUse: 0.5,
  throttledShare: 0.6,
  iteratorAgeMs: 90_000,
  peakConcurrency: 7,
  tail: { threshold: 1_000, share: 0.1, scale: 100, shape: 0, exceedances: 20 },
};

test.each([
  ['failure-share', 0.1],
  ['timeout-share', 0.2],
  ['out-of-memory-share', 0.3],
  ['cold-start-share', 0.4],
  ['p50-ms', 50],
  ['p95-ms', 95],
  ['memory-use', 0.5],
  ['throttled-share', 0.6],
  ['iterator-age-ms', 90_000],
] as const)('%s is measured by its own figure', (metric, value) => {
  expect(measured({ metric }, FIGURES)).toBe(value);
});

test('concurrency is measured by its limit', () => {
  expect(measured({ metric: 'concurrency-use', limit: 10 }, FIGURES)).toBe(0.7);
  expect(measured({ metric: 'concurrency-use' }, FIGURES)).toBeUndefined();
});

test('the risk of a timeout is the tail beyond it, and no less than what was stopped there', () => {
  const calm = { ...FIGURES, timeoutShare: 0 };

  expect(measured({ metric: 'timeout-risk', limit: 1_500 }, calm)).toBeCloseTo(0.1 * Math.exp(-5), 9);
  expect(measured({ metric: 'timeout-risk', limit: 1_500 }, FIGURES)).toBe(0.2);
  const { tail: _, ...short } = calm;
  expect(measured({ metric: 'timeout-risk', limit: 1_500 }, short)).toBeUndefined();
});

test('who was not served was refused, or let in and failed; nothing is said where nobody counted', () => {
  expect(measured({ metric: 'unserved-share' }, FIGURES)).toBeCloseTo(0.6 + 0.4 * 0.1, 9);
  const { throttledShare: _, ...unmetered } = FIGURES;
  expect(measured({ metric: 'unserved-share' }, unmetered)).toBeUndefined();
});
