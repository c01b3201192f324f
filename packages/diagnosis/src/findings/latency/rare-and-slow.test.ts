import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';

const HEALTHY_HOURS = 40;
const SILENT_MINUTES = 30;

/** A job of each hour, of which ingestion tells for half an hour that it is silent: what it took in each hour, after forty of ten seconds. */
function hourly(...durationsMs: number[]) {
  const all = [...Array.from({ length: HEALTHY_HOURS }, () => 10_000), ...durationsMs];
  const windows = all.flatMap((durationMs, hour) => {
    const start = MONDAY + hour * 3_600_000;
    const silent = Array.from({ length: SILENT_MINUTES }, (_, minute) =>
      aWindow(start + (minute + 1) * 60_000, { invocations: 0 }),
    );
    return [aWindow(start, { invocations: 1 }, 0, durationMs), ...silent];
  });
  return assessFunction(newFunctionState(), { windows }, CONTEXT).changes.map(
    ({ change, finding }) => `${change} ${finding.class}`,
  );
}

test('an hourly job that takes four times as long is told after four runs, once, until a run is as fast as ever', () => {
  expect(hourly(40_000, 40_000, 40_000)).toEqual([]);
  expect(hourly(...Array.from({ length: 8 }, () => 40_000))).toEqual(['opened slow-down']);
  expect(hourly(...Array.from({ length: 5 }, () => 40_000), 10_000, 10_000)).toEqual([
    'opened slow-down',
    'resolved slow-down',
  ]);
});

test('slow runs with a fast one between them are none', () => {
  expect(hourly(40_000, 40_000, 10_000, 40_000, 40_000, 10_000)).toEqual([]);
});

/** Exports of the only one who is there at night, after days of which each minute from 8 to 20 h has calls. */
function exportsAtNight(minutes: readonly number[]) {
  const isDay = (index: number) => index % 1_440 >= 480 && index % 1_440 < 1_200;
  const night = 3 * 1_440 + 150;
  const usual = Array.from({ length: 3 * 1_440 }, (_, index) => index)
    .filter(isDay)
    .map((index) => aWindow(MONDAY + index * 60_000, { invocations: 2 }));
  const exports = minutes.map((index) => aWindow(MONDAY + (night + index) * 60_000, { invocations: 1 }, 0, 5_000));
  return assessFunction(newFunctionState(), { windows: [...usual, ...exports] }, CONTEXT).changes.map(
    ({ change, finding }) => `${change} ${finding.class}`,
  );
}

test.each([[[0, 6, 13, 19]], [[0, 30, 55, 90]]])(
  'exports of one user at night, at the minutes %p, slow down nobody',
  (minutes) => {
    expect(exportsAtNight(minutes)).toEqual([]);
  },
);
