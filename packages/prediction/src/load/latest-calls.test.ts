import { expect, test } from '@jest/globals';
import { aLoad, T0 } from '../testing/a-load.ts';
import { newLoadState } from './load-state.ts';
import { MINUTE_MS } from './minute-load.ts';
import { fivesOf, latestCallsOf } from './read-load.ts';
import { takeMinutes } from './take-minutes.ts';

const MINUTES = 9 * 60;
const NOW = T0 + 40 * 60 * MINUTE_MS;
const callsAt = (minute: number): number => (minute * 37) % 101;

const state = Array.from({ length: MINUTES }, (_, minute) => ({
  start: T0 + minute * MINUTE_MS,
  revision: 0,
  load: { ...aLoad(1), calls: callsAt(minute) },
})).reduce((before, minute) => takeMinutes(before, [minute], NOW), newLoadState());

test('the last minute of each five is kept when they are settled', () => {
  const { start, steps } = fivesOf(state);
  const lastMinutes = steps.map((_, at) => (start - T0) / MINUTE_MS + 5 * at + 4);

  expect(state.fives.calls.length).toBeGreaterThan(0);
  expect(latestCallsOf(state)).toEqual(lastMinutes.map((minute) => 5 * callsAt(minute)));
});

test('of a state from before it was kept, settled steps say of their last minute what they say of all five', () => {
  const { lastCalls: _, ...fives } = state.fives;
  const settled = fives.calls.length;
  const latest = latestCallsOf({ ...state, fives });

  expect(latest.slice(0, settled)).toEqual(fives.calls);
  expect(latest.slice(settled)).toEqual(latestCallsOf(state).slice(settled));
});
