import { expect, test } from '@jest/globals';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT } from '../testing/run-fault.ts';
import { sketchOf } from '../testing/simulate-function.ts';
import { assessFunction } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const minute = (index: number): number => T0 + index * 60_000;
const HEALTHY = 60;

/** Calls of each minute that take 100 ms, and of those that take longer. */
type Minute = readonly [calls: number, slow?: number, slowMs?: number];

function afterMinutes(minutes: readonly Minute[]) {
  const healthy: readonly Minute[] = Array.from({ length: HEALTHY }, () => [10]);
  const windows = [...healthy, ...minutes].map(([calls, slow = 0, slowMs = 180], index) => {
    const durations: [number, number][] = [
      [100, calls - slow],
      [slowMs, slow],
    ];
    const durationSketch = sketchOf(durations.filter(([, count]) => count > 0));
    return aWindow(minute(index), { invocations: calls, durationSketch: calls === 0 ? '' : durationSketch });
  });
  const { head } = assessFunction(newFunctionState(), { windows }, CONTEXT).state;
  const at = (time: number | null | undefined) => (time == null ? undefined : (time - minute(HEALTHY)) / 60_000);
  return { since: at(head.slowSince), again: at(head.slowAgainAt) };
}

const silence = (minutes: number): Minute[] => Array.from({ length: minutes }, () => [0]);

test('what looks slow minute by minute has looked so since the first of them', () => {
  expect(
    afterMinutes([
      [4, 4],
      [4, 4],
      [4, 4],
    ]),
  ).toEqual({ since: 0, again: 0 });
});

test('a burst that is slow as the one before looks slow since that one, and again since it began', () => {
  expect(afterMinutes([[4, 4], [4, 4], ...silence(10), [4, 4], [4, 4]])).toEqual({ since: 0, again: 12 });
});

test('a minute of health ends it', () => {
  expect(afterMinutes([[4, 4], [20]])).toEqual({});
});

test('two calls far out look slow, whatever the others do; one does not', () => {
  expect(afterMinutes([[10, 2, 1_600]])).toEqual({ since: 0, again: 0 });
  expect(afterMinutes([[10, 1, 1_600]])).toEqual({});
});
