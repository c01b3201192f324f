import { expect, test } from '@jest/globals';
import type { Json } from '../../../core/protocols/json.ts';
import type { State, StateGraph, TaskState } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import { loneRun } from '../testing/lone-run.ts';

const echo: TaskState = { Type: 'Task', Resource: 'arn:aws:states:::lambda:echo', End: true };
const fail: TaskState = { ...echo, Resource: 'arn:aws:states:::lambda:fail' };
const tasks = {
  echo: (parameters: Json) => parameters,
  fail: () => {
    throw new StateError('Mine', 'broken');
  },
};
const graph = (states: Readonly<Record<string, State>>): StateGraph => ({
  StartAt: Object.keys(states)[0] as string,
  States: states,
});

test.each<[string, Readonly<Record<string, State>>, Json, unknown]>([
  ['Pass hands on its input', { A: { Type: 'Pass', End: true } }, { a: 1 }, { a: 1 }],
  [
    'Pass gives a result',
    { A: { Type: 'Pass', Result: [1], ResultPath: '$.r', End: true } },
    { a: 1 },
    { a: 1, r: [1] },
  ],
  [
    'Pass fills parameters',
    {
      A: {
        Type: 'Pass',
        Parameters: { 'n.$': '$.a', 's.$': '$$.State.Name', f: 1, deep: [{ 'm.$': '$$.StateMachine.Name' }] },
        End: true,
      },
    },
    { a: 1 },
    { n: 1, s: 'A', f: 1, deep: [{ m: 'machine' }] },
  ],
  [
    'InputPath and OutputPath select',
    { A: { Type: 'Pass', InputPath: '$.a', OutputPath: '$.b', End: true } },
    { a: { b: 2 } },
    2,
  ],
  ['InputPath null gives nothing', { A: { Type: 'Pass', InputPath: null, End: true } }, { a: 1 }, {}],
  ['OutputPath null gives nothing', { A: { Type: 'Pass', OutputPath: null, End: true } }, { a: 1 }, {}],
  ['ResultPath null drops the result', { A: { ...echo, Parameters: { x: 1 }, ResultPath: null } }, { a: 1 }, { a: 1 }],
  [
    'ResultSelector shapes the result',
    {
      A: {
        ...echo,
        Parameters: { x: [1, 2] },
        ResultSelector: { 'n.$': 'States.ArrayLength($.x)' },
        ResultPath: '$.r',
      },
    },
    { a: 1 },
    { a: 1, r: { n: 2 } },
  ],
  ['Succeed ends', { A: { Type: 'Succeed', InputPath: '$.a' } }, { a: 1 }, 1],
  ['Fail ends with its error', { A: { Type: 'Fail', Error: 'E', Cause: 'c' } }, {}, { error: 'E', cause: 'c' }],
  [
    'Fail reads paths and functions',
    { A: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('{}!', $.e)" } },
    { e: 'E' },
    { error: 'E', cause: 'E!' },
  ],
  [
    'Choice leads on',
    {
      A: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericGreaterThan: 0, Next: 'B' }], Default: 'C' },
      B: { Type: 'Pass', Result: 'b', End: true },
      C: { Type: 'Pass', Result: 'c', End: true },
    },
    { a: 1 },
    'b',
  ],
  [
    'Choice without a match',
    { A: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericGreaterThan: 1, Next: 'A' }] } },
    { a: 1 },
    {
      error: 'States.NoChoiceMatched',
      cause: expect.stringContaining("executing the state 'A' (entered at the event id #1)"),
    },
  ],
  [
    'Parallel runs all branches',
    {
      A: {
        Type: 'Parallel',
        Branches: [graph({ X: echo }), graph({ Y: { Type: 'Pass', Result: 2, End: true } })],
        ResultPath: '$.r',
        End: true,
      },
    },
    { a: 1 },
    { a: 1, r: [{ a: 1 }, 2] },
  ],
  [
    'Parallel fails with a branch',
    {
      A: {
        Type: 'Parallel',
        Branches: [graph({ X: { Type: 'Wait', Seconds: 1e6, End: true } }), graph({ Y: fail })],
        End: true,
      },
    },
    {},
    { error: 'Mine', cause: 'broken' },
  ],
  [
    'Parallel is caught',
    {
      A: {
        Type: 'Parallel',
        Branches: [graph({ Y: fail })],
        Catch: [{ ErrorEquals: ['Mine'], ResultPath: '$.e', Next: 'B' }],
        End: true,
      },
      B: { Type: 'Pass', End: true },
    },
    { a: 1 },
    { a: 1, e: { Error: 'Mine', Cause: 'broken' } },
  ],
  [
    'Map runs over items',
    {
      A: {
        Type: 'Map',
        ItemsPath: '$.l',
        ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'a.$': '$.a' },
        ItemProcessor: graph({ X: echo }),
        ResultPath: '$.r',
        End: true,
      },
    },
    { l: ['x', 'y'], a: 0 },
    {
      l: ['x', 'y'],
      a: 0,
      r: [
        { i: 0, v: 'x', a: 0 },
        { i: 1, v: 'y', a: 0 },
      ],
    },
  ],
  [
    'Map knows its item inside',
    {
      A: {
        Type: 'Map',
        Iterator: graph({ X: { Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index' }, End: true } }),
        MaxConcurrency: 1,
        End: true,
      },
    },
    ['x', 'y'],
    [{ i: 0 }, { i: 1 }],
  ],
  ['Map over nothing', { A: { Type: 'Map', ItemProcessor: graph({ X: echo }), End: true } }, [], []],
  [
    'Map over what is no array',
    { A: { Type: 'Map', ItemsPath: '$.l', ItemProcessor: graph({ X: echo }), End: true } },
    { l: 1 },
    { error: 'States.Runtime', cause: expect.stringContaining('must point to array') },
  ],
  [
    'a path that finds nothing',
    { A: { ...echo, Parameters: { 'x.$': '$.b' }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'A' }] } },
    { a: 1 },
    {
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'A' (entered at the event id #1). The JSONPath '$.b' specified for the field 'x.$' could not be found in the input '{"a":1}'`,
    },
  ],
  [
    'an intrinsic that fails is caught',
    {
      A: {
        ...echo,
        Parameters: { 'x.$': 'States.MathAdd($.a, 1)' },
        Catch: [{ ErrorEquals: ['States.IntrinsicFailure'], ResultPath: '$.e', Next: 'B' }],
      },
      B: { Type: 'Pass', InputPath: '$.e.Error', End: true },
    },
    { a: 'x' },
    'States.IntrinsicFailure',
  ],
  [
    'a result that does not fit its path',
    { A: { ...echo, ResultPath: '$.a.b' } },
    { a: 1 },
    { error: 'States.ResultPathMatchFailure', cause: expect.any(String) },
  ],
  [
    'a result that is too large',
    { A: { Type: 'Pass', Parameters: { 'x.$': 'States.Array($.t, $.t, $.t)' }, End: true } },
    { t: 'x'.repeat(90_000) },
    { error: 'States.DataLimitExceeded', cause: expect.stringContaining("'A'") },
  ],
  [
    'errors are caught in order',
    {
      A: {
        ...fail,
        Catch: [
          { ErrorEquals: ['Other'], Next: 'B' },
          { ErrorEquals: ['States.TaskFailed'], Next: 'C' },
        ],
      },
      B: { Type: 'Pass', Result: 'b', End: true },
      C: { Type: 'Pass', End: true },
    },
    {},
    { Error: 'Mine', Cause: 'broken' },
  ],
])('%s', async (_name, states, input, expected) => {
  expect(await loneRun(tasks).run(states, input)).toEqual(expected);
});

test.each<[string, State, Json, number]>([
  ['Seconds', { Type: 'Wait', Seconds: 90, End: true }, {}, 90_000],
  ['SecondsPath', { Type: 'Wait', SecondsPath: '$.s', End: true }, { s: 3 }, 3_000],
  ['Timestamp', { Type: 'Wait', Timestamp: '2026-01-01T00:01:00Z', End: true }, {}, 60_000],
  ['TimestampPath', { Type: 'Wait', TimestampPath: '$.t', End: true }, { t: '2026-01-01T00:00:05+00:00' }, 5_000],
  ['an instant that has passed', { Type: 'Wait', Timestamp: '2025-01-01T00:00:00Z', End: true }, {}, 0],
])('Wait by %s', async (_name, state, input, expectedMs) => {
  const lone = loneRun();
  const startedAt = lone.clock.now();
  const done = lone.run({ W: state }, input).then(() => lone.clock.now() - startedAt);
  await lone.clock.advance(86_400_000);
  expect(await done).toBe(expectedMs);
});

test('Map keeps to its concurrency', async () => {
  let running = 0;
  let most = 0;
  const lone = loneRun({
    async slow(parameters) {
      most = Math.max(most, ++running);
      await lone.clock.sleep(1_000);
      running -= 1;
      return parameters;
    },
  });
  const item = graph({ X: { ...echo, Resource: 'arn:aws:states:::lambda:slow' } });
  const done = lone.run(
    { A: { Type: 'Map', MaxConcurrency: 3, ItemProcessor: item, End: true } },
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  await lone.clock.advance(10_000);
  expect(await done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('a machine that loops for ever ends with its history', async () => {
  const lone = loneRun();
  expect(await lone.run({ A: { Type: 'Pass', Next: 'A' } })).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringContaining('maximum number of history events (25000)'),
  });
});

test('what is called off stops where it is', async () => {
  const lone = loneRun(tasks);
  const done = lone.run({ A: { Type: 'Wait', Seconds: 10, Next: 'B' }, B: echo });
  lone.scope.cancel(new Error('stopped'));
  await expect(done).rejects.toThrow('stopped');
  await lone.clock.advance(20_000);
  expect(lone.calls).toEqual([]);
});
