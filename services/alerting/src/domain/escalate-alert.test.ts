import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import { type AlertAnswer, answerAlert } from './answer-alert.ts';
import { applySignal } from './apply-signal.ts';
import { escalateAlert } from './escalate-alert.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import type { StoredAlert } from './stored-alert.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const policy = testPolicy('http://127.0.0.1:1');

function openedAt(
  now: number,
  inForce: AlertingPolicy = policy,
  severity: StoredAlert['severity'] = 'critical',
): StoredAlert {
  const context = { policy: inForce, now, newAlertId: 'one' };
  const outcome = applySignal({ alert: undefined, member: undefined }, signal('db', { severity, at: now }), context);
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome.alert;
}

/** Runs the escalation as the state machine would, and gives the times at which steps were taken. */
function stepsOf(alert: StoredAlert, from: number, inForce: AlertingPolicy = policy): { step: number; at: number }[] {
  const steps: { step: number; at: number }[] = [];
  let [current, now] = [alert, from];
  for (let turn = 0; turn < 100; turn++) {
    const next = escalateAlert(current, inForce, now);
    if (next.kind === 'over') return steps;
    if (next.kind === 'wait') now = next.until;
    else {
      current = next.alert;
      if (next.step !== undefined) steps.push({ step: next.step, at: now });
    }
  }
  throw new Error('an escalation that does not end');
}

test('takes every step five minutes after the one before, over any change of the clocks', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) }), (now) => {
      const steps = stepsOf(openedAt(now), now);
      expect(steps).toEqual([
        { step: 1, at: now + 5 * MINUTE_MS },
        { step: 2, at: now + 10 * MINUTE_MS },
      ]);
    }),
  );
});

test('ends at the day of forgetting, and says so', () => {
  const now = Date.UTC(2026, 0, 15);
  const alert: StoredAlert = { ...openedAt(now), stepsTaken: 3 };
  const { nextStepAt: _, ...all } = alert;

  expect(escalateAlert(all, policy, now)).toEqual({ kind: 'wait', until: now + 7 * DAY_MS });
  expect(escalateAlert(all, policy, now + 7 * DAY_MS)).toMatchObject({
    kind: 'changed',
    alert: { state: 'closed', closedBy: 'silence' },
  });
});

test('a snooze wakes at its end, however long the execution before it would have slept', () => {
  const now = Date.UTC(2026, 0, 15);
  const { nextStepAt: _, ...told } = openedAt(now);
  const alert = { ...told, stepsTaken: 3 };

  const { alert: snoozed } = answerAlert(alert, { kind: 'snooze', by: 'anna', minutes: 60 }, now);

  expect(snoozed.escalationRun).toBe(alert.escalationRun + 1);
  expect(stepsOf(snoozed, now)[0]).toEqual({ step: 2, at: now + 60 * MINUTE_MS });
});

test('a snooze that is longer than the time of forgetting is no forgetting', () => {
  const now = Date.UTC(2026, 0, 15);
  const inForce = { ...policy, forgetAfterDays: 1 };
  const { alert } = answerAlert(openedAt(now), { kind: 'snooze', by: 'anna', minutes: 3 * 1440 }, now);

  expect(escalateAlert(alert, inForce, now + 2 * DAY_MS)).toEqual({ kind: 'wait', until: now + 3 * DAY_MS });
});

test('a snoozed warning does not wake anybody in the quiet hours', () => {
  const quietHours = {
    zone: 'UTC',
    from: '22:00',
    until: '07:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    below: 'critical' as const,
  };
  const evening = Date.UTC(2026, 0, 15, 21, 30);
  const inForce = { ...policy, quietHours };
  const { alert } = answerAlert(
    openedAt(evening, inForce, 'warning'),
    { kind: 'snooze', by: 'anna', minutes: 60 },
    evening,
  );

  expect(escalateAlert(alert, inForce, evening)).toEqual({ kind: 'wait', until: Date.UTC(2026, 0, 16, 7) });
});

test('whoever takes it on ends it, in whatever order people answer', () => {
  const answer = fc.constantFrom<AlertAnswer>(
    { kind: 'acknowledge', by: 'anna' },
    { kind: 'snooze', by: 'ben', minutes: 30 },
    { kind: 'close', by: 'cleo' },
  );
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 6 }), (answers) => {
      const now = Date.UTC(2026, 0, 15);
      let alert = openedAt(now);
      for (const one of answers) {
        const before = alert;
        alert = answerAlert(alert, one, now).alert;
        expect(alert.revision).toBeGreaterThanOrEqual(before.revision);
        if (before.state === 'closed') expect(alert).toBe(before);
      }
      const steps = stepsOf(alert, now).map(({ at }) => at);
      if (alert.state === 'snoozed') expect(steps[0]).toBe(now + 30 * MINUTE_MS);
      else expect(steps).toEqual([]);
    }),
  );
});
