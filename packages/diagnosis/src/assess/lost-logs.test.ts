import { expect, test } from '@jest/globals';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import type { MetricMinute } from '../windows/window-input.ts';
import { assessFunction } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

const HEALTHY = 120;
const at = (minute: number): number => MONDAY + minute * 60_000;
const busy = Array.from({ length: HEALTHY }, (_, minute) => aWindow(at(minute)));

interface Silence {
  /** How late the figures of CloudWatch are, minutes; undefined: they never come. */
  readonly lag?: number;
  readonly minutes: number;
  readonly silenceMinutes: number;
  readonly figures?: Omit<MetricMinute, 'start'>;
}

/** What is told while no log comes, with figures of the last six minutes that are there. */
function hear({ lag, minutes, silenceMinutes, figures }: Silence): string[] {
  const context = { ...CONTEXT, silenceMinutes };
  let { state } = assessFunction(newFunctionState(), { windows: busy }, context);
  const told: string[] = [];
  for (let minute = HEALTHY; minute < HEALTHY + minutes; minute++) {
    const known = [6, 5, 4, 3, 2, 1].filter((ago) => lag !== undefined && ago >= lag && minute - ago >= HEALTHY);
    const metrics = known.map((ago) => ({ start: at(minute - ago), ...figures }));
    const assessed = assessFunction(state, { windows: [aWindow(at(minute), { invocations: 0 })], metrics }, context);
    state = assessed.state;
    for (const { change, finding, isWithdrawn } of assessed.changes)
      told.push(`${minute - HEALTHY} ${isWithdrawn ? 'withdrawn' : change} ${finding.class}`);
  }
  return told;
}

test.each([
  [1, 30],
  [2, 30],
  [3, 30],
  [2, 1_440],
])('lost logs are told once, with figures %d minutes late, silence told for %d', (lag, silenceMinutes) => {
  const told = hear({ lag, minutes: silenceMinutes === 30 ? 30 : 75, silenceMinutes, figures: { invocations: 20 } });
  expect(told).toEqual([`${lag + 1} opened no-data`]);
});

test.each([30, 1_440])('while every call is refused throttling stays open, silence told for %d', (silenceMinutes) => {
  const told = hear({
    lag: 2,
    minutes: silenceMinutes === 30 ? 30 : 75,
    silenceMinutes,
    figures: { invocations: 0, throttles: 20 },
  });
  expect(told.filter((each) => each.endsWith('throttling'))).toEqual(['2 opened throttling']);
});

test('traffic that stops is told after two minutes that CloudWatch counted, after four without its figures', () => {
  const stopped = { minutes: 10, silenceMinutes: 30 };
  expect(hear(stopped)).toEqual(['3 opened traffic-drop']);
  expect(hear({ ...stopped, lag: 1, figures: { invocations: 0 } })).toEqual(['2 opened traffic-drop']);
});
