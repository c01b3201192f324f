import { expect, test } from '@jest/globals';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import type { Fact } from '../windows/fact.ts';
import { assessFunction, type News } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

const DELETED = 120;
const at = (minute: number): number => MONDAY + minute * 60_000;
const called = (minute: number): News => ({ windows: [aWindow(at(minute))] });
const silent = (minute: number): News => ({ windows: [aWindow(at(minute), { invocations: 0 })] });
const alarm = (minute: number, state: 'ALARM' | 'OK'): Fact => ({
  kind: 'alarm',
  id: `alarm-${minute}`,
  at: at(minute),
  alarmName: 'slow',
  state,
});
const deletion: Fact = { kind: 'deletion', id: 'deletion', at: at(DELETED) + 58_000 };
const healthy = Array.from({ length: DELETED }, (_, minute) => called(minute));
const minutes = (from: number, to: number, newsOf: (minute: number) => News): News[] =>
  Array.from({ length: to - from }, (_, index) => newsOf(from + index));

function opened(news: readonly News[]): string[] {
  let state = newFunctionState();
  return news.flatMap((one) => {
    const assessed = assessFunction(state, one, CONTEXT);
    state = assessed.state;
    return assessed.changes.filter(({ change }) => change === 'opened').map(({ finding }) => finding.class);
  });
}

test('an alarm that ended while the function was deleted does not come back with it', () => {
  const news = [
    ...healthy,
    { ...called(DELETED), facts: [alarm(DELETED, 'ALARM')] },
    { facts: [{ ...deletion, at: at(DELETED + 1) }] },
    ...minutes(DELETED + 2, DELETED + 30, silent),
    { facts: [alarm(DELETED + 10, 'OK')] },
    ...minutes(DELETED + 80, DELETED + 85, called),
  ];
  expect(opened(news)).toEqual(['alarm']);
});

test('the last calls of a deleted function, in the minute after, do not bring it back', () => {
  const last = { windows: [aWindow(at(DELETED + 1), { invocations: 2 })] };
  const after = minutes(DELETED + 2, DELETED + 12, silent);
  expect(opened([...healthy, { ...called(DELETED), facts: [deletion] }, last, ...after])).toEqual([]);
});

test('one that is called two minutes later was made anew, and is missed when it stops', () => {
  const again = minutes(DELETED + 2, DELETED + 12, called);
  const after = minutes(DELETED + 12, DELETED + 22, silent);
  expect(opened([...healthy, { ...called(DELETED), facts: [deletion] }, ...again, ...after])).toEqual(['traffic-drop']);
});
