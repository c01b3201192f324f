import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { type AlertAnswer, answerAlert } from '../answer-alert.ts';
import { applySignal } from '../apply-signal.ts';
import type { Delivery } from '../delivery.ts';
import { escalateAlert } from '../escalate-alert.ts';
import { openAlert } from '../open-alert.ts';
import { firstDelivery } from '../plan-deliveries.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { pagerDutyUpdate } from './pagerduty-event.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const HOUR_MS = 3_600_000;
const policy = testPolicy('http://127.0.0.1:1');
const context = { policy, newAlertId: 'one' };

interface Event {
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedup_key: string;
  readonly links?: readonly object[];
}

/** Incidents by key, and the pages that people got: one for each that is new. "While an incident is acknowledged, it won't generate any additional notifications." */
class PagerDuty {
  readonly incidents = new Map<string, 'triggered' | 'acknowledged'>();
  readonly pages: string[] = [];

  take({ event_action, dedup_key }: Event): void {
    if (event_action === 'resolve') this.incidents.delete(dedup_key);
    if (event_action === 'acknowledge' && this.incidents.has(dedup_key)) this.incidents.set(dedup_key, 'acknowledged');
    if (event_action !== 'trigger' || this.incidents.has(dedup_key)) return;
    this.incidents.set(dedup_key, 'triggered');
    this.pages.push(dedup_key);
  }
}

/** One recipient who is brought up to date again and again; `events` that an attempt gets through before it dies. */
class Pager {
  readonly pagerDuty = new PagerDuty();
  #receipt: string | undefined;
  #sent = -1;

  tell(alert: StoredAlert, events = Number.POSITIVE_INFINITY): readonly Event[] {
    const times = { plannedAt: NOW, wantedAt: NOW, updatedAt: NOW, attempts: 0, step: 0, state: 'pending' } as const;
    const delivery: Delivery = {
      ...times,
      alertId: alert.alertId,
      channel: 'pager',
      recipient: 'key',
      wanted: alert.revision,
      sent: this.#sent,
      ...(this.#receipt !== undefined && { receipt: this.#receipt }),
    };
    const { stages, receipt } = pagerDutyUpdate({ alert, delivery, answerUrl: 'https://answers.example/t' }, 'key');
    const all = stages.flat() as Event[];
    for (const event of all.slice(0, events)) this.pagerDuty.take(event);
    if (events >= all.length) [this.#receipt, this.#sent] = [receipt, alert.revision];
    return all;
  }
}

function heard(alert: StoredAlert | undefined, ...args: Parameters<typeof signal>): StoredAlert {
  const member = alert && {
    groupKey: alert.groupKey,
    subject: alert.subject,
    alertId: alert.alertId,
    state: 'open' as const,
    revision: -1,
  };
  const outcome = applySignal({ alert, member }, signal(...args), { ...context, now: NOW });
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome.alert;
}

function awake(alert: StoredAlert, now: number): StoredAlert {
  const next = escalateAlert(alert, policy, now);
  if (next.kind !== 'changed') throw new Error(next.kind);
  return next.alert;
}

const snoozed = (alert: StoredAlert, now = NOW) =>
  answerAlert(alert, { kind: 'snooze', by: 'anna', minutes: 60 }, now).alert;

test('a snooze that is over pages again', () => {
  const pager = new Pager();
  const first = heard(undefined, 'db');
  pager.tell(first);
  pager.tell(snoozed(first));
  const asleep = [...pager.pagerDuty.incidents.values()];
  pager.tell(awake(snoozed(first), NOW + HOUR_MS));

  expect(asleep).toEqual(['acknowledged']);
  expect(pager.pagerDuty.pages).toHaveLength(2);
  expect([...pager.pagerDuty.incidents.values()]).toEqual(['triggered']);
});

test('what was taken on and gets worse pages again', () => {
  const pager = new Pager();
  const first = heard(undefined, 'db', { severity: 'warning' });
  const taken = answerAlert(first, { kind: 'acknowledge', by: 'anna' }, NOW).alert;
  for (const alert of [first, taken, heard(taken, 'db', { revision: 1 })]) pager.tell(alert);

  expect(pager.pagerDuty.pages).toHaveLength(2);
  expect([...pager.pagerDuty.incidents.values()]).toEqual(['triggered']);
});

test('more of the same is one page', () => {
  const pager = new Pager();
  const first = heard(undefined, 'db');
  for (const alert of [first, first, awake(first, NOW + HOUR_MS)]) pager.tell(alert);

  expect(pager.pagerDuty.pages).toEqual(['one']);
});

test('what is over before it could be told is seen, and over', () => {
  const pager = new Pager();
  pager.tell(answerAlert(heard(undefined, 'db'), { kind: 'close', by: 'anna' }, NOW).alert);

  expect(pager.pagerDuty.pages).toEqual(['one']);
  expect([...pager.pagerDuty.incidents]).toEqual([]);
});

test.each<AlertAnswer>([
  { kind: 'acknowledge', by: 'anna' },
  { kind: 'snooze', by: 'anna', minutes: 60 },
])('what somebody took in hand before it could be told is seen, and acknowledged ($kind)', (answer) => {
  const pager = new Pager();
  const worse = heard(heard(undefined, 'db', { severity: 'warning' }), 'db', { severity: 'critical', revision: 1 });
  const inHand = answerAlert(worse, answer, NOW).alert;
  pager.tell(inHand);
  const then = [...pager.pagerDuty.incidents];
  if (answer.kind === 'snooze') pager.tell(awake(inHand, NOW + HOUR_MS));

  expect(then).toEqual([['one/2', 'acknowledged']]);
  expect(pager.pagerDuty.pages).toEqual(answer.kind === 'snooze' ? ['one/2', 'one/3'] : ['one/2']);
});

test('the daily proof is shown as information, and is over at once, whatever becomes of it', () => {
  const pager = new Pager();
  const proof = heard(undefined, 'proof', { severity: 'info', subject: { kind: 'synthetic', id: 'proof' } });
  const events = pager.tell(proof);
  pager.tell(snoozed(proof));
  pager.tell(answerAlert(proof, { kind: 'close', by: 'anna' }, NOW).alert);

  expect(events).toMatchObject([
    { event_action: 'trigger', payload: { severity: 'info' } },
    { event_action: 'resolve', dedup_key: 'one' },
  ]);
  expect(pager.pagerDuty.pages).toEqual(['one']);
  expect([...pager.pagerDuty.incidents]).toEqual([]);
});

test('an alert that was snoozed again and again leaves no incident behind', () => {
  const pager = new Pager();
  let alert = heard(undefined, 'db');
  pager.tell(alert);
  for (let turn = 0; turn < 40; turn++) {
    alert = snoozed(alert);
    pager.tell(alert);
  }
  pager.tell(answerAlert(alert, { kind: 'close', by: 'anna' }, NOW).alert);

  expect([...pager.pagerDuty.incidents]).toEqual([]);
});

test('a page leads to its answer', () => {
  const alert = heard(undefined, 'db');
  const delivery = { sent: -1 } as Delivery;

  const { stages } = pagerDutyUpdate({ alert, delivery, answerUrl: 'https://answers.example/t' }, 'key');

  expect(stages.flat()).toMatchObject([{ event_action: 'trigger', links: [{ href: 'https://answers.example/t' }] }]);
});

test('however often it is snoozed and attempts die half-way, one incident at most is living, and none in the end', () => {
  const deaths = fc.array(fc.array(fc.nat({ max: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(deaths, (turns) => {
      const pager = new Pager();
      let [alert, now] = [heard(undefined, 'db'), NOW];
      for (const [turn, attempts] of turns.entries()) {
        if (turn % 2 === 1) alert = snoozed(alert, now);
        else if (turn > 0) {
          now += HOUR_MS;
          alert = awake(alert, now);
        }
        for (const events of attempts) pager.tell(alert, events);
        // Every other level is overtaken by the next before it was told.
        if (attempts.length % 2 === 0) pager.tell(alert);
        expect(pager.pagerDuty.incidents.size).toBeLessThanOrEqual(1);
      }
      pager.tell(answerAlert(alert, { kind: 'close', by: 'anna' }, now).alert);
      expect([...pager.pagerDuty.incidents]).toEqual([]);
    }),
  );
});

test('an incident names what is broken, not who says so', () => {
  const alert = openAlert(signal('db', { subject: { kind: 'cloudwatch-alarm', id: 'arn:db' } }), 'one', policy, NOW);
  const delivery = firstDelivery(alert, { channel: 'pager', recipient: 'p', step: 0 }, NOW);
  const [[trigger]] = pagerDutyUpdate({ alert, delivery }, 'key').stages.slice(-1) as [[object]];

  expect(trigger).toMatchObject({ client: 'Lamplighter', payload: { source: 'arn:db' } });
});
