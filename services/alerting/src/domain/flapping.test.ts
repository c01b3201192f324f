import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import type { AlertSignal } from './alert-signal.ts';
import { applySignal } from './apply-signal.ts';
import { escalateAlert } from './escalate-alert.ts';
import { whyMissed } from './missed.ts';
import type { GroupState } from './signal-outcome.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const policy = testPolicy('http://127.0.0.1:1');

/** One group whose trouble comes and goes; minutes at which somebody was paged. */
class Flapping {
  readonly pages: number[] = [];
  state: GroupState = { alert: undefined, member: undefined };
  #revision = 0;

  hear(minutes: number, kind: 'open' | 'resolve', more: Partial<AlertSignal> = {}) {
    const now = NOW + minutes * MINUTE_MS;
    const told = signal('db', { kind, revision: this.#revision++, at: now, ...more });
    const outcome = applySignal(this.state, told, { policy, now, newAlertId: `at-${minutes}` });
    if (outcome.kind !== 'changed') return;
    this.state = outcome;
    if (outcome.step !== undefined) this.pages.push(minutes);
  }

  comeAndGo(minutes: number) {
    this.hear(minutes, 'open');
    this.hear(minutes + 1, 'resolve');
  }
}

test('what comes and goes is told three times within an hour, the third time with a word on those that follow', () => {
  const flapping = new Flapping();
  const texts: string[] = [];
  for (let minutes = 0; minutes < 60; minutes += 3) {
    flapping.comeAndGo(minutes);
    texts.push(flapping.state.alert!.text);
  }

  expect(flapping.pages).toEqual([0, 3, 6]);
  expect(texts.slice(1, 3)).toEqual([
    expect.not.stringContaining('comes and goes'),
    expect.stringContaining('It comes and goes: 3 times within an hour.'),
  ]);
});

test('the rest is told once, as over, when the hour is over', () => {
  const flapping = new Flapping();
  for (let minutes = 0; minutes < 60; minutes += 3) flapping.comeAndGo(minutes);
  const { alert } = flapping.state;

  expect(alert).toMatchObject({ state: 'closed', occurrences: 17 });
  expect(escalateAlert(alert!, policy, NOW + 60 * MINUTE_MS - 1)).toEqual({
    kind: 'wait',
    until: NOW + 60 * MINUTE_MS,
  });
  expect(escalateAlert(alert!, policy, NOW + 60 * MINUTE_MS)).toMatchObject({ step: 0, alert: { state: 'closed' } });
  // It is missed where even that tells nobody.
  expect(whyMissed(alert!, { deliveries: [], policy, now: NOW + 59 * MINUTE_MS })).toBeUndefined();
  expect(whyMissed(alert!, { deliveries: [], policy, now: NOW + 70 * MINUTE_MS })).toBe('unheard');
});

test('what comes back and stays is told after five minutes, by an execution of its own', () => {
  const flapping = new Flapping();
  for (const minutes of [0, 3, 6, 9]) flapping.comeAndGo(minutes);
  const { escalationRun } = flapping.state.alert!;
  flapping.hear(12, 'open');
  const { alert } = flapping.state;

  expect(alert?.escalationRun).toBe(escalationRun + 1);
  expect(escalateAlert(alert!, policy, NOW + 17 * MINUTE_MS - 1)).toEqual({
    kind: 'wait',
    until: NOW + 17 * MINUTE_MS,
  });
  expect(escalateAlert(alert!, policy, NOW + 17 * MINUTE_MS)).toMatchObject({ kind: 'changed', step: 0 });
});

test('a first step that waits by itself is waited for, and no longer', () => {
  const critical = policy.escalation.critical.map((step, at) => ({ ...step, ...(at === 0 && { afterMinutes: 2 }) }));
  const patient = { ...policy, escalation: { ...policy.escalation, critical } };
  let state: GroupState = { alert: undefined, member: undefined };
  for (let revision = 0; revision < 9; revision++) {
    const told = signal('db', { kind: revision % 2 ? 'resolve' : 'open', revision });
    const outcome = applySignal(state, told, {
      policy: patient,
      now: NOW + revision * MINUTE_MS,
      newAlertId: `${revision}`,
    });
    if (outcome.kind === 'changed') state = outcome;
  }

  expect(escalateAlert(state.alert!, patient, NOW + 10 * MINUTE_MS)).toMatchObject({ kind: 'changed', step: 0 });
});

test('what comes back worse is told at once, and so is a question', () => {
  const flapping = new Flapping();
  for (const minutes of [0, 3, 6]) {
    flapping.hear(minutes, 'open', { severity: 'warning' });
    flapping.hear(minutes + 1, 'resolve', { severity: 'warning' });
  }
  flapping.hear(9, 'open');
  flapping.hear(10, 'resolve');
  const approvals = [{ approver: 'anna', approveUrl: 'https://a.example', declineUrl: 'https://d.example' }];
  flapping.hear(11, 'open', { approvals });

  expect(flapping.pages).toEqual([0, 3, 6, 9, 11]);
});
