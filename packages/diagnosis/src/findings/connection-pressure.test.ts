import { expect, test } from '@jest/globals';
import { assessFunction } from '../assess/assess-function.ts';
import { newFunctionState } from '../assess/function-state.ts';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT } from '../testing/run-fault.ts';
import type { Fact } from '../windows/fact.ts';
import type { WindowFigures } from '../windows/window-input.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const HEALTHY = 60;
const minute = (index: number): number => T0 + index * 60_000;

const handled = (count: number, errorType = 'ThrottlingException'): Partial<WindowFigures> => ({
  handledErrors: [
    { errorType, template: 'a message has to come again', fingerprint: 'f', count, exampleRequestId: 'r1' },
  ],
});

function after(bad: Partial<WindowFigures>, facts: readonly Fact[] = [], before: Partial<WindowFigures> = {}) {
  const windows = [
    ...Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index), before)),
    aWindow(minute(HEALTHY), bad),
  ];
  return assessFunction(newFunctionState(), { windows, facts }, CONTEXT).changes.map(({ finding }) => finding);
}

test('calls that end well and log that they were refused are pressure all the same', () => {
  const [found, ...more] = after(handled(12));
  expect(found).toMatchObject({ class: 'connection-pressure', causes: [{ name: 'throttled service' }] });
  expect(found!.title).toContain('60 % of its calls meet it');
  expect(more).toEqual([]);
});

test('the callee whose calls fail in the traces is the first cause', () => {
  const refusing = {
    kind: 'refusing-dependency',
    id: 'd',
    at: minute(HEALTHY),
    name: 'dynamodb: put itinerary',
    errorsBefore: 0,
    errorsAfter: 0.6,
    share: 0.8,
  } as const;
  const [found] = after(handled(12), [refusing]);
  expect(found!.causes.map(({ name }) => name)).toEqual(['dynamodb: put itinerary', 'throttled service']);
  expect(found!.explanation).toContain('dynamodb: put itinerary');
});

test.each([
  ['errors that are about something else', handled(12, 'ValidationError'), {}],
  ['a few', handled(2), {}],
  ['as many as usual', handled(6), handled(5)],
])('%s are none', (_what, bad, before) => {
  expect(after(bad, [], before)).toEqual([]);
});
