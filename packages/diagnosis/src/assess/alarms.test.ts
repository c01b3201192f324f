import { expect, test } from '@jest/globals';
import { aWindow } from '../testing/a-window.ts';
import { after, HEALTHY, minute, told } from '../testing/after-health.ts';
import { CONTEXT } from '../testing/run-fault.ts';
import type { AlarmState, Fact } from '../windows/fact.ts';
import type { AssessedWindow } from '../windows/window-input.ts';
import { assessFunction } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

test('an alarm opens a finding of its own, or joins the one that explains it', () => {
  const alarm = (at: number): Fact => ({
    kind: 'alarm',
    id: `a${at}`,
    at,
    alarmName: 'booking-errors',
    state: 'ALARM',
  });
  const alone = after([{}, {}], [alarm(minute(HEALTHY))]);
  const explained = after([{ errors: 12 }, { errors: 12 }], [alarm(minute(HEALTHY + 1))]);

  expect(told(alone)).toEqual(['opened alarm']);
  expect(told(explained)).toEqual(['opened error-burst', 'updated error-burst']);
  expect(explained[1]?.finding.evidence.some(({ text }) => text.includes('booking-errors'))).toBe(true);
});

test('an alarm ends at once when it is told to, whatever it changes to, without a call and within its minute', () => {
  const changed = (state: AlarmState, at: number, id: string): Fact => ({
    kind: 'alarm',
    id,
    at,
    alarmName: 'booking-errors',
    state,
  });
  for (const state of ['OK', 'INSUFFICIENT_DATA', 'DELETED'] as const) {
    const facts = [changed('ALARM', minute(HEALTHY), 'a'), changed(state, minute(HEALTHY + 20), 'b')];
    const opened = assessFunction(
      newFunctionState(),
      { windows: Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index))), facts },
      CONTEXT,
    );
    expect(told(opened.changes)).toEqual(['opened alarm', 'resolved alarm']);
    expect(opened.changes[1]?.finding.resolvedAt).toBe(minute(HEALTHY + 20));

    // Ids tell no order: the later of two changes in one minute counts.
    const flicker = [changed('ALARM', minute(HEALTHY) + 10_000, 'z'), changed(state, minute(HEALTHY) + 20_000, 'a')];
    expect(told(after([{}, {}], flicker))).toEqual([]);
  }
});

test('an alarm of which nobody tells the end is believed for a week', () => {
  const on: Fact = { kind: 'alarm', id: 'a', at: minute(HEALTHY), alarmName: 'forgotten', state: 'ALARM' };
  const weekLater = Array.from({ length: 2 }, (_, index) => aWindow(minute(HEALTHY + 7 * 1_440 + 1 + index)));
  const { state } = assessFunction(
    newFunctionState(),
    { windows: Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index))), facts: [on] },
    CONTEXT,
  );
  expect(told(assessFunction(state, { windows: weekLater.slice(0, 1) }, CONTEXT).changes)).toEqual([]);
  expect(told(assessFunction(state, { windows: weekLater }, CONTEXT).changes)).toEqual(['resolved alarm']);
});

test('advice explains no alarm, and an alarm makes no warning of it', () => {
  const wasteful = (index: number): AssessedWindow =>
    aWindow(minute(index), { memorySizeMb: 3_008, maxMemoryUsedMb: 60, costUsd: 0.02 });
  const minutes = 1_500;
  const advised = assessFunction(
    newFunctionState(),
    { windows: Array.from({ length: minutes }, (_, index) => wasteful(index)) },
    CONTEXT,
  );
  const dlq: Fact = { kind: 'alarm', id: 'a', at: minute(minutes), alarmName: 'orders-dlq', state: 'ALARM' };
  const { changes } = assessFunction(advised.state, { windows: [wasteful(minutes)], facts: [dlq] }, CONTEXT);

  expect(told(advised.changes)).toEqual(['opened over-provisioned']);
  expect(told(changes)).toEqual(['opened alarm']);
});

test('an alarm that comes and goes for two hours keeps the state within its bound', () => {
  const facts = Array.from(
    { length: 120 },
    (_, index): Fact => ({
      kind: 'alarm',
      id: `a${index}`,
      at: minute(HEALTHY + index),
      alarmName: 'booking-errors',
      state: index % 2 === 0 ? 'ALARM' : 'OK',
      reason: 'Threshold Crossed: 1 datapoint [412.0] was greater than the threshold (300.0)',
    }),
  );
  const windows = Array.from({ length: HEALTHY + 120 }, (_, index) => aWindow(minute(index)));
  const { state, changes } = assessFunction(newFunctionState(), { windows, facts }, CONTEXT);

  expect(changes).toHaveLength(120);
  expect(changes.some(({ isWithdrawn }) => isWithdrawn === true)).toBe(false);
  expect(JSON.stringify(state).length).toBeLessThan(96 * 1024);
});

test('an alarm that ended within its minute is news, though it was told in two parts', () => {
  const changed = (state: AlarmState, at: number): Fact => ({
    kind: 'alarm',
    id: state,
    at: minute(HEALTHY) + at,
    alarmName: 'booking-errors',
    state,
  });
  const windows = Array.from({ length: HEALTHY + 1 }, (_, index) => aWindow(minute(index)));
  const on = assessFunction(newFunctionState(), { windows, facts: [changed('ALARM', 1_000)] }, CONTEXT);
  const off = assessFunction(on.state, { facts: [changed('OK', 40_000)] }, CONTEXT);

  expect(told([...on.changes, ...off.changes])).toEqual(['opened alarm', 'resolved alarm']);
  expect(off.changes[0]?.finding.revision).toBeGreaterThan(on.changes[0]?.finding.revision ?? 0);
});
