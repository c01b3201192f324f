import { describe, expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import { closeAlert } from './close-alert.ts';
import type { Delivery } from './delivery.ts';
import { PATIENCE_MS, whyMissed } from './missed.ts';
import { openAlert } from './open-alert.ts';
import type { StoredAlert } from './stored-alert.ts';
import { takeDueStep } from './take-due-step.ts';

const START = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const POLICY = testPolicy('http://127.0.0.1:1');

/** An alert of which that many steps were taken, five minutes apart. */
function told(steps: number, severity: 'critical' | 'warning' | 'info' = 'critical'): StoredAlert {
  let alert = openAlert(signal('a', { severity }), 'a', POLICY, START);
  for (let step = 0; step < steps; step++) alert = takeDueStep(alert, POLICY, START + step * 5 * MINUTE_MS)!.alert;
  return alert;
}

const delivery = (change: Partial<Delivery> = {}): Delivery => ({
  alertId: 'a',
  channel: 'ops',
  recipient: 'C-ops',
  step: 0,
  wanted: 0,
  sent: -1,
  state: 'undeliverable',
  plannedAt: START,
  wantedAt: START,
  attempts: 1,
  updatedAt: START,
  ...change,
});
const heard = delivery({ state: 'delivered', sent: 0 });
const ended = (alert: StoredAlert, by: 'recovery' | 'silence' | 'person' = 'recovery') =>
  closeAlert(alert, { by, because: by }, START + 30 * MINUTE_MS);
const why = (alert: StoredAlert, deliveries: readonly Delivery[], afterMs = PATIENCE_MS) =>
  whyMissed(alert, { deliveries, policy: POLICY, now: START + afterMs });

describe('nobody heard of it', () => {
  test.each<[string, StoredAlert, readonly Delivery[]]>([
    ['every channel refused', told(1), [delivery(), delivery({ channel: 'hook', state: 'failed' })]],
    ['every channel refused, and it recovered', ended(told(1)), [delivery()]],
    ['every channel refused, and nothing was heard of it', ended(told(1), 'silence'), [delivery()]],
    ['its order was lost', told(1), [delivery({ state: 'pending' })]],
    ['a step meant nobody', told(1), []],
    ['its first step was never taken', told(0), []],
  ])('%s', (_, alert, deliveries) => {
    expect(why(alert, deliveries)).toBe('unheard');
  });

  test('what is on its way, or not due, is not missed yet', () => {
    expect(why(told(1), [delivery({ state: 'pending' })], PATIENCE_MS - 1)).toBeUndefined();
    expect(why(told(0), [], PATIENCE_MS - 1)).toBeUndefined();
  });

  test('what ended before its first step was due is nothing that anybody missed', () => {
    const { nextStepAt: _, ...alert } = ended(told(0));
    expect(why(alert, [])).toBeUndefined();
  });

  test('the daily proof that is over has its own alarm', () => {
    const subject = { kind: 'synthetic', id: 'x' } as const;
    expect(why({ ...told(1), subject }, [delivery()])).toBe('unheard');
    expect(why({ ...ended(told(1)), subject }, [delivery()])).toBeUndefined();
  });
});

describe('nobody answered', () => {
  test('an open alert is missed after its last step, unless it is information', () => {
    expect([told(2), told(3), told(1, 'warning'), told(1, 'info')].map((alert) => why(alert, [heard]))).toEqual([
      undefined,
      'unanswered',
      'unanswered',
      undefined,
    ]);
  });

  test('one that recovered stays missed where it went from one person to the next in vain', () => {
    expect([told(2), told(3), told(1, 'warning')].map((alert) => why(ended(alert), [heard]))).toEqual([
      undefined,
      'unanswered',
      undefined,
    ]);
  });

  test('one that was forgotten stays missed', () => {
    expect(why(ended(told(1, 'warning'), 'silence'), [heard])).toBe('unanswered');
  });

  test('whoever took it on, closed it or looked at it afterwards missed nothing', () => {
    const taken = { ...told(3), state: 'acknowledged' as const, acknowledgedBy: 'anna' };
    for (const alert of [taken, ended(taken), ended(taken, 'silence'), ended(told(3), 'person')])
      expect(why(alert, [delivery()])).toBeUndefined();
  });
});
