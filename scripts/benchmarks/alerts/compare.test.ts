import { expect, test } from '@jest/globals';
import { compare } from './compare.ts';
import { HeardMessages } from './heard-messages.ts';
import type { OutboxDelivery } from './read-outbox.ts';

const hook: OutboxDelivery = {
  alertId: 'a',
  channel: 'hook',
  recipient: 'http://h/hook',
  step: 0,
  sent: 2,
  wanted: 2,
  state: 'delivered',
  plannedAt: 0,
};

/** What the comparison says of these rows, where the webhook `hook` saw a revision of the alert, or nothing. */
function compared(deliveries: readonly OutboxDelivery[], seenRevision?: number) {
  const heard = new HeardMessages();
  const body = { alert: { alertId: 'a', revision: seenRevision } };
  if (seenRevision !== undefined) heard.hear({ channel: 'webhook', method: 'hook', headers: {}, text: '', body });
  const outbox = { alerts: new Map(), deliveries: new Map([['a', deliveries]]), alertOf: new Map([['s', 'a']]) };
  return compare(['s'], outbox, heard);
}

test('rows and what was seen are the same', () => {
  expect(compared([hook], 2)).toMatchObject({ delivered: 1, lost: 0, saidDeliveredButUnseen: 0, saidUnsentButSeen: 0 });
});

test('a row that says more than its recipient saw is told, though another recipient saw the alert', () => {
  const direct = { ...hook, channel: 'direct', recipient: 'U0ANNA' };

  expect(compared([hook], 1)).toMatchObject({ saidDeliveredButUnseen: 1 });
  expect(compared([hook, direct], 2)).toMatchObject({ saidDeliveredButUnseen: 1 });
});

test('a recipient who saw more than the rows say is told, unless the row is not sure', () => {
  const failed = { ...hook, sent: -1, state: 'failed', reason: 'answered with 503' } as const;

  expect(compared([failed], 2)).toMatchObject({ saidUnsentButSeen: 1 });
  expect(compared([{ ...failed, unsure: { since: 1 } }], 2)).toMatchObject({ saidUnsentButSeen: 0 });
  expect(compared([], 2)).toMatchObject({ saidUnsentButSeen: 1, lost: 1 });
});
