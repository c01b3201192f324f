import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import type { AlertSignal } from './alert-signal.ts';
import { applySignal } from './apply-signal.ts';
import { escalateAlert } from './escalate-alert.ts';
import { whyMissed } from './missed.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import type { Silence } from './policy/silence.ts';
import type { GroupState } from './signal-outcome.ts';
import { silenceOf } from './silenced.ts';
import type { StoredAlert } from './stored-alert.ts';

const HOUR_MS = 3_600_000;
/** 12:00 in Berlin. */
const NOW = Date.UTC(2026, 0, 15, 11);
const UNTIL = NOW + 2 * HOUR_MS;
const silence: Silence = {
  about: 'pay-api',
  zone: 'Europe/Berlin',
  from: '2026-01-15T11:00:00',
  until: '2026-01-15T14:00:00',
  because: 'migration',
};
const withSilences = (...silences: Silence[]): AlertingPolicy => ({ ...testPolicy('http://127.0.0.1:1'), silences });
const policy = withSilences(silence);

/** What becomes of one group, heard of at once. */
function heard(state: GroupState, more: Partial<AlertSignal>, now = NOW, inForce = policy) {
  const told = signal('slow-down/17', { names: ['pay-api'], at: now, ...more });
  const outcome = applySignal(state, told, { policy: inForce, now, newAlertId: `at-${now}` });
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome;
}
const NOTHING: GroupState = { alert: undefined, member: undefined };

test('nobody is told of what is silenced, critical or not, until the silence ends; what is open then is told', () => {
  const { alert, step } = heard(NOTHING, {});

  expect(step).toBeUndefined();
  expect(alert.text).toMatch(/\nSilenced until 2026-01-15 13:00 UTC: migration$/);
  expect(escalateAlert(alert, policy, UNTIL - 1)).toEqual({ kind: 'wait', until: UNTIL });
  expect(whyMissed(alert, { deliveries: [], policy, now: UNTIL - 1 })).toBeUndefined();
  expect(escalateAlert(alert, policy, UNTIL)).toMatchObject({ kind: 'changed', step: 0 });
});

test('what came and went in a silence is told to nobody, and nobody missed it', () => {
  const { alert } = heard(heard(NOTHING, {}), { kind: 'resolve', revision: 1 }, NOW + 1);

  expect(alert.state).toBe('closed');
  expect(escalateAlert(alert, policy, UNTIL + HOUR_MS)).toEqual({ kind: 'over' });
  expect(whyMissed(alert, { deliveries: [], policy, now: UNTIL + HOUR_MS })).toBeUndefined();
});

test('an alert that was open before goes no further while it is silenced', () => {
  const before = heard(NOTHING, {}, NOW, withSilences());

  expect(escalateAlert(before.alert, policy, NOW + 10 * 60_000)).toEqual({ kind: 'wait', until: UNTIL });
});

test('an alert of several is silent only where all that it names are', () => {
  const first = heard(NOTHING, {});
  const another = { subject: { kind: 'finding', id: 'slow-down/18' }, names: ['orders'] } as const;
  const { alert, step } = heard({ alert: first.alert, member: undefined }, another, NOW + 1);

  expect(silenceOf(alert, policy, NOW)).toBeUndefined();
  // Whoever escalates sleeps until the silence ends.
  expect(step).toBe(0);
});

test.each([
  [{ names: ['orders'] }, 0],
  [{ names: [] }, 0],
  [{ names: ['pay-api'] }, undefined],
])('many joined, and one more of %j', (last, told) => {
  const few = withSilences({ ...silence, about: 'pay-*' });
  let state = NOTHING;
  for (let n = 0; n < 30; n++) {
    const subject = { kind: 'finding', id: `slow-down/${n}` } as const;
    const { alert } = heard(state, { subject, names: [`pay-${n % 15}`] }, NOW + n, few);
    state = { alert, member: undefined };
  }
  expect(heard(state, { subject: { kind: 'finding', id: 'last' }, ...last }, NOW + 30, few).step).toBe(told);
});

test('so many different ones that their names are not kept are told', () => {
  const few = withSilences({ ...silence, about: 'pay-*' });
  let state = NOTHING;
  for (let n = 0; n < 40; n++) {
    const subject = { kind: 'finding', id: `slow-down/${n}` } as const;
    state = { alert: heard(state, { subject, names: [`pay-${n}`] }, NOW + n, few).alert, member: undefined };
  }
  expect(state.alert?.about).toHaveLength(20);
  expect(silenceOf(state.alert!, few, NOW)).toBeUndefined();
  expect(silenceOf(state.alert!, withSilences({ ...silence, about: '*' }), NOW)).toBeDefined();
});

test('trouble that began before the silence, and that nobody has heard of, is told when the silence ends', () => {
  const before = NOW - 2 * HOUR_MS;
  const patient = {
    ...policy,
    escalation: { ...policy.escalation, critical: [{ ...policy.escalation.critical[0]!, afterMinutes: 60 }] },
  };
  const first = heard(NOTHING, {}, before, patient);
  expect(first.step).toBeUndefined();
  const { alert } = heard(first, { kind: 'resolve', revision: 1 }, NOW, patient);

  expect(escalateAlert(alert, patient, NOW)).toEqual({ kind: 'wait', until: UNTIL });
  expect(escalateAlert(alert, patient, UNTIL)).toMatchObject({ kind: 'changed', step: 0 });
});

test('what came and went while it was silenced does not count as told', () => {
  let state = NOTHING;
  for (let n = 0; n < 6; n++) {
    state = heard(state, { revision: 2 * n }, UNTIL - 60_000 + 2 * n);
    state = heard(state, { kind: 'resolve', revision: 2 * n + 1 }, UNTIL - 60_000 + 2 * n + 1);
  }
  expect(heard(state, { revision: 20 }, UNTIL).step).toBe(0);
});

test('a silence is held against names, not against what is written', () => {
  const written = { names: ['checkout'], title: 'checkout waits for pay-api', text: 'pay-api' };

  expect(heard(NOTHING, written).step).toBe(0);
});

test('an alert of the version before, which kept no names, is silent where everything is', () => {
  const { about: _, ...rest } = heard(NOTHING, {}).alert;
  const old: StoredAlert = rest;

  expect(silenceOf(old, policy, NOW)).toBeUndefined();
  expect(silenceOf(old, withSilences({ ...silence, about: '*' }), NOW)).toBeDefined();
});

test.each([
  ['pay', false],
  ['pay-api', true],
  ['pay-*', true],
  ['api', false],
  ['*', true],
  ['pay.api', false],
  ['orders', false],
])('the silence of %s is held against whole names', (about, isSilent) => {
  expect(heard(NOTHING, {}, NOW, withSilences({ ...silence, about })).step === undefined).toBe(isSilent);
});

test('after its end everything is told, local time', () => {
  expect(heard(NOTHING, {}, UNTIL - 1).step).toBeUndefined();
  expect(heard(NOTHING, {}, UNTIL).step).toBe(0);
});

test('silences that follow each other are one', () => {
  const next = { ...silence, from: '2026-01-15T14:00:00', until: '2026-01-15T15:00:00' };
  const { alert } = heard(NOTHING, {}, NOW, withSilences(silence, next));

  expect(escalateAlert(alert, withSilences(silence, next), NOW)).toEqual({ kind: 'wait', until: UNTIL + HOUR_MS });
});

test('the daily proof knows no silence', () => {
  const subject = { kind: 'synthetic', id: 'synthetic/2026-01-15' } as const;

  expect(heard(NOTHING, { subject }, NOW, withSilences({ ...silence, about: '*' })).step).toBe(0);
});
