import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';
import type { AssessedWindow } from '../../windows/window-input.ts';

const RELEASE = 720;

/** Half a day of version 1, then version 2, and then calls that are slow by another cause for half an hour: what is told, by the minute since then. */
function told(
  medians: { readonly before: number; readonly after: number; readonly slow: number },
  servedMinutes: number,
) {
  const onset = RELEASE + servedMinutes;
  const windows = Array.from({ length: onset + 30 }, (_, minute): AssessedWindow => {
    const ms = minute < RELEASE ? medians.before : minute < onset ? medians.after : medians.slow;
    const version = {
      version: minute < RELEASE ? '1' : '2',
      invocations: 20,
      failures: 0,
      coldStarts: 0,
      durationMs: { sum: 20 * ms, max: ms },
      durationSketch: '',
    };
    return aWindow(MONDAY + minute * 60_000, { byVersion: [version] }, 0, ms);
  });
  return assessFunction(newFunctionState(), { windows }, CONTEXT).changes.map(
    ({ change, finding }) => `${change} ${finding.class} at ${(finding.openedAt - MONDAY) / 60_000 - onset}`,
  );
}

test.each([61, 120, 300, 480, 700])(
  'a function that a release made faster is slow when it takes as long as before it, %d minutes later',
  (servedMinutes) => {
    expect(told({ before: 300, after: 100, slow: 280 }, servedMinutes)).toEqual(['opened slow-down at 1']);
  },
);

test('a release that makes no difference leaves the usual as it is', () => {
  expect(told({ before: 300, after: 290, slow: 330 }, 120)).toEqual([]);
});
