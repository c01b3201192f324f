import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import { alertView } from './alert-view.ts';
import { type AlertAnswer, answerAlert } from './answer-alert.ts';
import { applySignal } from './apply-signal.ts';
import { escalateAlert } from './escalate-alert.ts';
import { judgeAttempt } from './judge-attempt.ts';
import { openAlert } from './open-alert.ts';
import { firstDelivery } from './plan-deliveries.ts';
import { emailMessage } from './render/email-message.ts';
import type { GroupState } from './signal-outcome.ts';
import type { StoredAlert } from './stored-alert.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const policy = testPolicy('http://127.0.0.1:1');

/** An alert's life, a call for each thing that happens to it, so many minutes after it was opened. */
class Life {
  #state: GroupState = { alert: undefined, member: undefined };

  signal(minutes: number, revision: number, severity: 'warning' | 'critical', kind: 'open' | 'resolve' = 'open') {
    const now = NOW + minutes * MINUTE_MS;
    const told = signal('db', { revision, severity, kind, at: now });
    const outcome = applySignal(this.#state, told, { policy, now, newAlertId: 'one' });
    if (outcome.kind === 'changed') this.#state = outcome;
  }

  answer(minutes: number, answer: AlertAnswer) {
    this.#state = { ...this.#state, alert: answerAlert(this.alert, answer, NOW + minutes * MINUTE_MS).alert };
  }

  escalate(minutes: number) {
    const outcome = escalateAlert(this.alert, policy, NOW + minutes * MINUTE_MS);
    if (outcome.kind === 'changed') this.#state = { ...this.#state, alert: outcome.alert };
  }

  get alert(): StoredAlert {
    return this.#state.alert!;
  }
}

test('whoever looks back learns who answered what and when, though it became worse, was put off and closed since', () => {
  const life = new Life();
  life.signal(0, 0, 'warning');
  life.answer(1, { kind: 'acknowledge', by: 'anna' });
  life.signal(2, 1, 'critical');
  life.escalate(7);
  life.answer(8, { kind: 'snooze', by: 'ben', minutes: 30 });
  life.answer(9, { kind: 'close', by: 'cleo' });

  const at = (minutes: number) => NOW + minutes * MINUTE_MS;
  expect(alertView(life.alert, []).history).toEqual([
    { at: at(0), change: 'opened' },
    { at: at(1), change: 'acknowledged', by: 'anna' },
    { at: at(2), change: 'worse' },
    { at: at(7), change: 'escalated' },
    { at: at(8), change: 'snoozed', by: 'ben' },
    { at: at(9), change: 'closed', by: 'cleo' },
  ]);
});

test('what ended by itself was closed by nobody', () => {
  const life = new Life();
  life.signal(0, 0, 'critical');
  life.signal(1, 1, 'critical', 'resolve');

  expect(life.alert.history?.at(-1)).toEqual({ at: NOW + MINUTE_MS, change: 'closed' });
});

test('of many entries the first and the newest are kept', () => {
  const life = new Life();
  life.signal(0, 0, 'critical');
  for (let minutes = 1; minutes <= 100; minutes++) life.answer(minutes, { kind: 'snooze', by: 'anna', minutes: 60 });

  expect(life.alert.history).toHaveLength(50);
  expect(life.alert.history?.[0]).toEqual({ at: NOW, change: 'opened' });
  expect(life.alert.history?.at(-1)).toEqual({ at: NOW + 100 * MINUTE_MS, change: 'snoozed', by: 'anna' });
});

test('those who were told hear who put it off', () => {
  const alert = answerAlert(
    openAlert(signal('db'), 'one', policy, NOW),
    { kind: 'snooze', by: 'anna', minutes: 60 },
    NOW,
  );
  const delivery = firstDelivery(alert.alert, { channel: 'ops', recipient: 'C0OPS', step: 0 }, NOW);

  expect(emailMessage({ alert: alert.alert, delivery }).text).toContain('Snoozed until 2026-01-15 13:00 UTC by anna');
});

test('when somebody first heard stays known, whatever they are told later', () => {
  const alert = openAlert(signal('db'), 'one', policy, NOW);
  const sent = (delivery: ReturnType<typeof firstDelivery>, revision: number, now: number) =>
    judgeAttempt(delivery, { kind: 'sent' }, { revision, now, jitter: 0, hasStandIn: false, isPressing: true })
      .delivery;
  const first = sent(firstDelivery(alert, { channel: 'ops', recipient: 'C0OPS', step: 0 }, NOW), 0, NOW + 2_000);
  const later = sent({ ...first, wanted: 3, state: 'pending' }, 3, NOW + 5_000);

  expect(alertView(alert, [later]).deliveries).toMatchObject([{ firstAt: NOW + 2_000, at: NOW + 5_000 }]);
});
