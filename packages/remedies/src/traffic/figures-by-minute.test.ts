import { expect, test } from '@jest/globals';
import { probabilityAbove } from '@lamplighter/time-series';
import { figuresByMinute } from './figures-by-minute.ts';
import { aMinute, aMinuteOf } from './testing/a-minute.ts';

const MINUTE_MS = 60_000;
/** Quantiles of an exponential distribution of this mean. */
const durations = (count: number, meanMs: number) =>
  Array.from({ length: count }, (_, at) => -meanMs * Math.log(1 - (at + 0.5) / count));

test('each minute has figures of its own, in the order of time', () => {
  const figures = figuresByMinute([aMinute({ start: MINUTE_MS, timeouts: 5 }), aMinute({})]);

  expect(figures).toMatchObject([
    { start: 0, calls: 10, timeoutShare: 0 },
    { start: MINUTE_MS, calls: 10, timeoutShare: 0.5 },
  ]);
});

test('a tail is told by all calls so far, once they are enough', () => {
  const [first, second] = figuresByMinute([
    aMinuteOf(MINUTE_MS, durations(100, 200)),
    aMinuteOf(0, durations(100, 200)),
  ]);

  expect(first).not.toHaveProperty('tail');
  expect(second!.tail!.exceedances).toBeGreaterThanOrEqual(15);
  // exp(-1000 / 200) is 6.7e-3
  const risk = probabilityAbove(second!.tail!, 1_000);
  expect(risk).toBeGreaterThan(3e-3);
  expect(risk).toBeLessThan(1.4e-2);
});

test('a minute without durations keeps the tail that was known', () => {
  const [first, second] = figuresByMinute([aMinuteOf(0, durations(400, 200)), aMinute({ start: MINUTE_MS })]);

  expect(first!.tail).toBeDefined();
  expect(second!.tail).toEqual(first!.tail);
});

test('a minute in which everybody was refused is told by its attempts', () => {
  const attempts = [
    { start: 0, served: 10, throttled: 30 },
    { start: MINUTE_MS, served: 0, throttled: 12 },
  ];

  expect(figuresByMinute([aMinute({})], attempts)).toMatchObject([
    { start: 0, calls: 40, throttledShare: 0.75 },
    { start: MINUTE_MS, calls: 12, throttledShare: 1 },
  ]);
});
