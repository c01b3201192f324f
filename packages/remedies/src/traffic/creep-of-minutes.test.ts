import { expect, test } from '@jest/globals';
import { creepOf, type MinuteDuration } from './creep-of-minutes.ts';

const USUAL_MS = 21;
const minutes = (...values: number[]): MinuteDuration[] =>
  values.map((p50Ms, at) => ({ start: at * 60_000, calls: 20, p50Ms }));
/** Medians of twenty calls differ from minute to minute. */
const restless = (value: number, at: number): number => value + [1.5, -2, 0.5, 2, -1.5, -0.5][at % 6]!;

test('what creeps within minutes is told by three of them', () => {
  const creep = creepOf(minutes(21, 22, 20, 21, 30, 48, 66), USUAL_MS);

  expect(creep?.msPerMinute).toBeCloseTo(18);
  expect(creep?.minutes).toBeCloseTo(2.5);
});

test('a slow creep is told through the noise of its minutes', () => {
  const creep = creepOf(
    minutes(...Array.from({ length: 60 }, (_, at) => restless(21 + 0.8 * Math.max(0, at - 30), at))),
    USUAL_MS,
  );

  expect(creep?.msPerMinute).toBeCloseTo(0.8, 1);
  expect(creep?.minutes).toBeGreaterThan(24);
  expect(creep?.minutes).toBeLessThan(34);
});

test.each<[string, number[]]>([
  ['at once', [21, 22, 20, 21, 60]],
  ['at once, and stays there', [21, 22, 20, 21, 60, 61, 59, 60]],
  ['in the middle of a minute', [21, 22, 20, 21, 40, 60, 61]],
  ['long ago', [60, 61, 59, 60, 60, 61]],
  ['never', [21, 22, 20, 21]],
  ['unseen', []],
])('what became slow %s does not creep', (_, values) => {
  expect(creepOf(minutes(...values.map(restless)), USUAL_MS)).toBeUndefined();
});
