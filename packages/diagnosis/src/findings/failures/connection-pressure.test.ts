import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { type FunctionState, migrateFunctionState, newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import { sketchOf } from '../../testing/simulate-function.ts';
import type { Fact } from '../../windows/fact.ts';
import type { WindowFigures } from '../../windows/window-input.ts';

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

/** What a state was before answers 429 were told from other numbers. */
function withoutTooMany({ checkpoint, pending, head, ...state }: FunctionState): FunctionState {
  const without = ({ baseline: { tooMany: _unknown, ...baseline }, ...core }: FunctionState['head']) => ({
    ...core,
    baseline,
  });
  return migrateFunctionState({ ...state, checkpoint: without(checkpoint), pending, head: without(head) });
}

test('answers 429 that a function always dealt with are no news to a state that did not tell them from others', () => {
  const dealingWith = (from: number, to: number, status: string, count: number) =>
    Array.from({ length: to - from }, (_, index) =>
      aWindow(minute(from + index), {
        invocations: 100,
        handledErrors: [
          { ...handled(count, 'AxiosError').handledErrors![0]!, template: `Request failed with status code ${status}` },
        ],
      }),
    );
  const { state } = assessFunction(newFunctionState(), { windows: dealingWith(0, 60, '<n>', 10) }, CONTEXT);
  const usual = assessFunction(withoutTooMany(state), { windows: dealingWith(60, 120, '429', 10) }, CONTEXT);
  expect(usual.changes).toEqual([]);
  const more = assessFunction(usual.state, { windows: dealingWith(120, 121, '429', 60) }, CONTEXT);
  expect(more.changes.map(({ finding }) => finding.class)).toEqual(['connection-pressure']);
});

/** Calls of a minute of which so many take 1.5 s longer than the usual tenth of a second. */
const heldOf = (calls: number, held: number): Partial<WindowFigures> => ({
  invocations: calls,
  durationSketch: sketchOf([
    [100, calls - held],
    [1_600, held],
  ]),
});

const idle = (moments: number, name = 'aurora: idle in transaction'): Fact => ({
  kind: 'dependency',
  id: 'd',
  at: minute(HEALTHY),
  name,
  beforeMs: 0,
  afterMs: 1_500,
  share: 0.9,
  moments,
  traceIds: ['t1'],
});

test.each([
  [10, 3],
  [9, 3],
  [13, 3],
  [9, 2],
])('of %d calls in a minute %d that hold a connection are told in that minute, where traces show it', (calls, held) => {
  const found = after(heldOf(calls, held), [idle(held)]);
  expect(found.map((each) => each.class)).toEqual(['connection-pressure']);
  expect(found[0]).toMatchObject({ openedAt: minute(HEALTHY), causes: [{ name: 'aurora: idle in transaction' }] });
});

test.each([
  ['of one moment, as a passing hiccup takes them', heldOf(10, 3), [idle(1)]],
  ['that spend it on something else', heldOf(10, 3), [idle(3, 'aurora: payments of card')]],
  ['of which there are no traces', heldOf(10, 3), []],
  ['of which there is one', heldOf(10, 1), [idle(2)]],
])('slow calls %s are none yet', (_what, bad, facts) => {
  expect(after(bad, facts)).toEqual([]);
});

test('a function whose calls are that long now and then is not told of a few more', () => {
  const found = after(heldOf(20, 2), [idle(2)], heldOf(20, 1));
  expect(found).toEqual([]);
});
