import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';

const MINUTE_MS = 60_000;
const DAY = 1_440;
const FROM = 16 * 60;
const CLOSES = 18 * 60;

/** Sixty calls a minute on working days until the end of business, and the half hour of silence that is told after it: when traffic that stopped was told. */
function stopsTold(days: number, closesAt: (day: number) => number): string[] {
  let state = newFunctionState();
  const told: string[] = [];
  for (let day = 0; day < days; day++) {
    for (let minute = FROM; day % 7 < 5 && minute < closesAt(day) + 33; minute++) {
      const start = MONDAY + (day * DAY + minute) * MINUTE_MS;
      const invocations = minute < closesAt(day) ? 60 : 0;
      const news = { windows: [aWindow(start, { invocations })], metrics: [{ start, invocations }] };
      const assessed = assessFunction(state, news, CONTEXT);
      state = assessed.state;
      for (const { change, finding } of assessed.changes)
        if (change === 'opened') told.push(`${finding.class} on day ${day} at ${minute - CLOSES}`);
    }
  }
  return told;
}

test('the end of business is told once, as long as it is not known: not every evening of the first week', () => {
  expect(stopsTold(8, () => CLOSES)).toEqual(['traffic-drop on day 0 at 1']);
});

test('traffic that stops before the usual end of business is told', () => {
  expect(stopsTold(3, (day) => (day === 2 ? CLOSES - 50 : CLOSES))).toEqual([
    'traffic-drop on day 0 at 1',
    'traffic-drop on day 2 at -49',
  ]);
});
