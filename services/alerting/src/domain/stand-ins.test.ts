import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import type { AlertSignal } from './alert-signal.ts';
import { applySignal } from './apply-signal.ts';
import type { Delivery } from './delivery.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { isUndeliverable, standInsFor } from './stand-ins.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const policy = testPolicy('https://hooks.example');

function opened(change: Partial<AlertSignal> = {}) {
  const outcome = applySignal({ alert: undefined, member: undefined }, signal('db', change), {
    policy,
    now: NOW,
    newAlertId: 'one',
  });
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  const deliveries = planDeliveries(outcome.alert, {
    existing: [],
    isNews: true,
    step: outcome.step,
    policy,
    now: NOW,
  });
  return { alert: outcome.alert, deliveries };
}
const failed = (delivery: Delivery): Delivery => ({ ...delivery, state: 'failed', reason: 'gone' });
const names = (deliveries: readonly Delivery[]) => deliveries.map(({ channel }) => channel);

test('a channel hands over to its first stand-in, that one to the next, and then nobody is left', () => {
  const { alert, deliveries } = opened();
  const chain = [...deliveries];
  const heirs: string[][] = [];
  for (const delivery of chain) {
    const existing = chain.map(failed);
    const standIns = standInsFor(failed(delivery), alert, { existing, policy, now: NOW });
    heirs.push(names(standIns));
    chain.push(...standIns);
  }

  expect(heirs).toEqual([['hook'], ['pager'], []]);
  expect(isUndeliverable(chain.map(failed))).toBe(true);
  expect(isUndeliverable(chain)).toBe(false);
});

test('a farewell and the daily proof have no stand-in', () => {
  const { alert, deliveries } = opened();
  const synthetic = opened({ subject: { kind: 'synthetic', id: 's' } });

  expect(
    standInsFor({ ...failed(deliveries[0]!), isFarewell: true }, alert, { existing: [], policy, now: NOW }),
  ).toEqual([]);
  expect(standInsFor(failed(synthetic.deliveries[0]!), synthetic.alert, { existing: [], policy, now: NOW })).toEqual(
    [],
  );
});

test('the daily proof goes through every channel, once', () => {
  expect(names(opened({ severity: 'info', subject: { kind: 'synthetic', id: 's' } }).deliveries)).toEqual([
    'ops',
    'direct',
    'hook',
    'pager',
  ]);
});

test('whoever is asked for an approval is told alone, since the links are theirs', () => {
  const approvals = [{ approver: 'cleo', approveUrl: 'https://a.example', declineUrl: 'https://d.example' }];
  const { deliveries } = opened({ severity: 'warning', approvals });

  expect(deliveries.map(({ channel, person }) => ({ channel, person }))).toEqual([
    { channel: 'ops', person: undefined },
    { channel: 'direct', person: 'cleo' },
  ]);
});

test('whoever has left the policy hears nothing more', () => {
  const { alert, deliveries } = opened();
  const gone = {
    ...policy,
    channels: {
      ...policy.channels,
      ops: { ...policy.channels.ops!, conversation: 'C-new' } as typeof policy.channels.ops,
    },
  };

  const planned = planDeliveries(
    { ...alert, revision: 1 },
    { existing: deliveries, isNews: true, policy: gone as typeof policy, now: NOW },
  );

  expect(planned).toEqual([]);
});
