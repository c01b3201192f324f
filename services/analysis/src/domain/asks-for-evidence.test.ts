import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { newFunctionState } from '@lamplighter/diagnosis';
import { asksForTraces } from './asks-for-evidence.ts';

const T0 = Date.UTC(2026, 0, 15, 12);
const minute = (index: number): number => T0 + index * 60_000;

function stateAt(newest: number, slow: { readonly since: number; readonly again?: number }) {
  const state = newFunctionState();
  const slowAgainAt = minute(slow.again ?? slow.since);
  return {
    ...state,
    pending: [{ start: minute(newest), facts: [] }],
    head: { ...state.head, slowSince: minute(slow.since), slowAgainAt },
  };
}
const open = (type: Finding['class'], at: number): Finding =>
  ({ class: type, state: 'open', causes: [{ kind: 'dependency' }], openedAt: minute(at) }) as unknown as Finding;

test('of calls that look slow traces are asked for five minutes', () => {
  expect(asksForTraces([], stateAt(5, { since: 0 }))).toEqual({ onset: minute(0), toldAt: minute(0) });
  expect(asksForTraces([], stateAt(6, { since: 0 }))).toBeUndefined();
});

test('with the next burst they are asked again, and what they tell is of that burst', () => {
  expect(asksForTraces([], stateAt(12, { since: 0, again: 12 }))).toEqual({ onset: minute(0), toldAt: minute(12) });
  expect(asksForTraces([], stateAt(72, { since: 0, again: 72 }))).toBeUndefined();
});

test('a slow-down that is open from before does not hide what begins now; what tells it already does', () => {
  expect(asksForTraces([open('slow-down', 2)], stateAt(10, { since: 10 }))).toEqual({
    onset: minute(10),
    toldAt: minute(10),
  });
  expect(asksForTraces([open('dependency-slow', 8)], stateAt(10, { since: 10 }))).toBeUndefined();
  expect(asksForTraces([open('bad-deploy', 2)], stateAt(10, { since: 10 }))).toBeUndefined();
});
