import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { defaultDetector } from './default-detector.ts';
import type { DetectorPoint } from './detector.ts';
import { unusualTransition } from './evidence/unusual-transition.ts';
import { costOfHistory } from './history.ts';
import { newTwoSidedTail, surpriseOfSide } from './statistics/two-sided-tail.ts';

const FIVE_MINUTES = 300_000;
const MINUTE = 60_000;

/** After 600 healthy points of five minutes, as version 1 stored it. */
const stateOfVersion1 = (): { newest: number; judged: number; tails: { single: unknown } } =>
  JSON.parse(readFileSync(new URL('./testing/default-state-version-1.json', import.meta.url), 'utf8'));

test('a state of version 1 is continued: what it learnt stays, and a fault is found at once', () => {
  const stored = stateOfVersion1();
  let state = defaultDetector.migrate(stored);

  expect(state).toMatchObject({ version: 2, judged: 600, tails: { single: { above: stored.tails.single } } });
  const scores = Array.from({ length: 300 }, (_, index) => {
    const value = index >= 290 ? 900 : 100 + noise(600 + index);
    const verdict = defaultDetector.update(state, { timestamp: stored.newest + (index + 1) * FIVE_MINUTES, value });
    state = verdict.state;
    return verdict.score;
  });

  expect(Math.max(...scores.slice(0, 290))).toBeLessThan(0.5);
  expect(scores[290]).toBeGreaterThan(0.5);
});

test.each([
  ['without tails', { version: 1 }],
  ['with a broken part', { ...stateOfVersion1(), value: null }],
])('a state of version 1 %s is refused', (_name, stored) => {
  expect(() => defaultDetector.migrate(stored)).toThrow(RangeError);
});

test('a drop is found in a series that jumps up all the time, and the jumps are ordinary', () => {
  const jumpy = (index: number): number => 100 + 300 * Math.exp(-(index % 37) / 8) + noise(index);
  const points = Array.from({ length: 6_000 }, (_, index): DetectorPoint => {
    return { timestamp: index * MINUTE, value: index === 5_990 ? -50 : jumpy(index) };
  });

  const scores = scoresOf(points);

  expect(scores[5_990]).toBeGreaterThan(0.5);
  expect(scores.slice(3_000, 5_990).filter((score) => score >= 0.5)).toEqual([]);
});

test('the same deviation is less of a surprise on the side that has many', () => {
  const prior = { quantile: 0.98, strength: 200, meanExcess: 0.3 };
  const tail = newTwoSidedTail(prior);
  for (let index = 0; index < 2_000; index += 1) surpriseOfSide(tail, index % 10 === 0 ? 12 : -1, prior);

  const above = surpriseOfSide(structuredClone(tail), 12, prior);
  const below = surpriseOfSide(structuredClone(tail), -12, prior);

  expect(below).toBeGreaterThan(above + 2);
});

test('a step that never followed another is unusual though both values are ordinary', () => {
  const state = unusualTransition.init();
  const cycle = [-100, 0, 100];
  for (let index = 0; index < 600; index += 1) unusualTransition.measure(state, index, cycle[index % 3] ?? 0);

  const usual = unusualTransition.measure(structuredClone(state), 600, -100);
  const unusual = unusualTransition.measure(structuredClone(state), 600, 0);

  expect(usual).toBeLessThan(0.1);
  expect(unusual).toBeGreaterThan(20);
});

test('history costs nothing at first, grows, and stops to grow', () => {
  expect([100, 2_500, 10_000, 20_000, 1e9].map((points) => Number(costOfHistory(points).toFixed(2)))).toEqual([
    0, 0, 0.69, 1.04, 1.04,
  ]);
});

function scoresOf(points: readonly DetectorPoint[]): readonly number[] {
  let state = defaultDetector.init();
  return points.map((point) => {
    const verdict = defaultDetector.update(state, point);
    state = verdict.state;
    return verdict.score;
  });
}

function noise(index: number): number {
  return 10 * Math.sin(index * 12.9898) * Math.cos(index * 78.233);
}
