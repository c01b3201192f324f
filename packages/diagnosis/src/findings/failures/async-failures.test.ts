import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import type { Fact } from '../../windows/fact.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
type Condition = Extract<Fact, { kind: 'async-failure' }>['condition'];

function explained(...conditions: readonly Condition[]): string {
  const facts = conditions.map(
    (condition, at): Fact => ({ kind: 'async-failure', id: `a${at}`, at: T0, requestId: `r${at}`, condition }),
  );
  const { changes } = assessFunction(newFunctionState(), { windows: [aWindow(T0)], facts }, CONTEXT);
  return changes[0]!.finding.explanation;
}

test.each<[readonly Condition[], string]>([
  [['RetriesExhausted'], '1 asynchronous request after the last retry.'],
  [['EventAgeExceeded'], '1 asynchronous request because it was too old.'],
  [['EventAgeExceeded', 'EventAgeExceeded'], '2 asynchronous requests because they were too old.'],
  [['other'], '1 asynchronous request for a reason that is not told.'],
  [
    ['RetriesExhausted', 'EventAgeExceeded', 'RetriesExhausted', 'other'],
    '4 asynchronous requests: 2 after the last retry, 1 because it was too old, 1 for a reason that is not told.',
  ],
])('%j are told as what they are', (conditions, said) => {
  expect(explained(...conditions)).toContain(`Lambda gave up ${said}`);
});
