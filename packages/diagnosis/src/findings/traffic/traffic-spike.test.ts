import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';

/** A day of twenty calls a minute with a burst of six times as many each hour, then these. */
function titlesAfter(calls: readonly number[]): string[] {
  const day = Array.from({ length: 1_440 }, (_, minute) => (minute % 60 === 7 ? 120 : 20));
  const windows = [...day, ...calls].map((invocations, minute) =>
    aWindow(MONDAY + minute * 60_000, { invocations, costUsd: invocations * 1e-5 }),
  );
  const { changes } = assessFunction(newFunctionState(), { windows: windows.slice(-1_400) }, CONTEXT);
  const opened = changes.filter(
    ({ change, finding }) => change === 'opened' && finding.openedAt >= MONDAY + 86_400_000,
  );
  return opened.map(({ finding }) => finding.title);
}

const doubling = Array.from({ length: 10 }, (_, minute) => Math.min(1_280, 20 * 2 ** minute));

test('traffic that doubles each minute is told, of a function of bursts as well', () => {
  expect(titlesAfter(doubling)).toEqual([expect.stringContaining('its usual traffic')]);
});

test('traffic that grows in an hour is none', () => {
  const growing = Array.from({ length: 60 }, (_, minute) => 20 + 3 * minute);
  expect(titlesAfter(growing)).toEqual([]);
});
