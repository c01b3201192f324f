import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';

const BUSY = 120;
const at = (minute: number): number => MONDAY + minute * 60_000;
const busy = Array.from({ length: BUSY }, (_, minute) => aWindow(at(minute)));
const silent = [0, 1, 2, 3].map((minute) => aWindow(at(BUSY + minute), { invocations: 0 }));
const counted = (invocations: number) => silent.map((_, minute) => ({ start: at(BUSY + minute), invocations }));

const hear = (invocations: number) =>
  assessFunction(newFunctionState(), { windows: [...busy, ...silent], metrics: counted(invocations) }, CONTEXT);

test('calls that CloudWatch counts and no log tells of are missing data, which is no drop of traffic and ends when logs come', () => {
  const { state, changes } = hear(20);
  const later = assessFunction(state, { windows: [aWindow(at(BUSY + 4))] }, CONTEXT);

  expect(changes.map(({ change, finding }) => `${change} ${finding.class}`)).toEqual(['opened no-data']);
  expect(later.changes.map(({ change, finding }) => `${change} ${finding.class}`)).toEqual(['resolved no-data']);
});

test('where CloudWatch counts none either, traffic stopped', () => {
  expect(hear(0).changes.map(({ finding }) => finding.class)).toEqual(['traffic-drop']);
});

test('what CloudWatch tells late takes a drop of traffic back', () => {
  const first = assessFunction(newFunctionState(), { windows: [...busy, ...silent] }, CONTEXT);
  const { changes } = assessFunction(first.state, { metrics: counted(20) }, CONTEXT);

  expect(changes).toMatchObject([
    { change: 'opened', finding: { class: 'no-data', openedAt: at(BUSY) } },
    { change: 'resolved', finding: { class: 'traffic-drop' }, isWithdrawn: true },
  ]);
});
