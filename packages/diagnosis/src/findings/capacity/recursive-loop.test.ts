import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import type { FunctionContext } from '../../assess/function-context.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import type { AssessedWindow, WindowFigures } from '../../windows/window-input.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const HEALTHY = 90;
const minute = (index: number, changes: Partial<WindowFigures>): AssessedWindow =>
  aWindow(T0 + index * 60_000, changes, 0, 200);

/** A call a second; then ten environments that are busy nine tenths of the time, for three minutes. */
function opened(context: Partial<FunctionContext>, busy: Partial<WindowFigures> = {}) {
  const windows = Array.from({ length: HEALTHY }, (_, at) => minute(at, { invocations: 60, maxConcurrency: 1 }));
  for (let at = 0; at < 3; at++)
    windows.push(minute(HEALTHY + at, { invocations: 2_700, maxConcurrency: 10, ...busy }));
  return assessFunction(newFunctionState(), { windows }, { ...CONTEXT, ...context })
    .changes.filter(({ change }) => change === 'opened')
    .map(({ finding }) => finding.class);
}

test('a function that nothing polls, and is busy all the time, calls itself', () => {
  expect(opened({ hasEventSource: false })).toEqual(['recursive-loop']);
});

test.each<[string, Partial<FunctionContext>]>([
  ['a consumer that works off its backlog', { hasEventSource: true }],
  ['a function that is at its reserved concurrency', { hasEventSource: false, concurrencyLimit: 10 }],
])('%s gets more traffic, and is in no loop', (_who, context) => {
  const classes = opened(context);
  expect(classes).toContain('traffic-spike');
  expect(classes).not.toContain('recursive-loop');
});

test('where nobody knows what calls a function, it is in no loop', () => {
  const { hasEventSource: _known, ...unknown } = CONTEXT;
  const windows = Array.from({ length: HEALTHY }, (_, at) => minute(at, { invocations: 60, maxConcurrency: 1 }));
  windows.push(minute(HEALTHY, { invocations: 2_700, maxConcurrency: 10 }));
  const { changes } = assessFunction(newFunctionState(), { windows }, unknown);
  expect(changes.map(({ finding }) => finding.class)).not.toContain('recursive-loop');
});

test("what Lambda's guard drops is a loop, whoever calls the function", () => {
  expect(opened({ hasEventSource: true }, { recursiveInvocationsDropped: 3 })).toContain('recursive-loop');
});
