import { expect, test } from '@jest/globals';
import { aMailBounce } from '../../../test/a-mail-bounce.ts';
import { MemoryOutbox } from '../../../test/memory-outbox.ts';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import type { AlertList } from '../../domain/alert-list.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type MailBounce, mailBounce } from '../../domain/mail-bounce.ts';
import { openAlert } from '../../domain/open-alert.ts';
import { firstDelivery } from '../../domain/plan-deliveries.ts';
import type { AlertingPolicy } from '../../domain/policy/policy.ts';
import type { StoredAlert } from '../../domain/stored-alert.ts';
import { missedAlerts } from '../query-alerts/listed-alerts.ts';
import { recordBounce } from './record-bounce.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const TO = 'anna@example.com';
const TEAM = testPolicy('http://127.0.0.1:1');
const POLICY: AlertingPolicy = {
  ...TEAM,
  people: { ...TEAM.people, anna: { ...TEAM.people.anna!, email: TO } },
  channels: { ...TEAM.channels, mail: { type: 'email', from: 'alerts@example.com' } },
  fallbacks: { mail: ['hook'] },
};
const BOUNCE = mailBounce(aMailBounce({ alertId: 'a-1', messageId: 'm-1', to: TO }))!;

/** An alert that was told by mail, and came back. */
async function told(mail: Partial<Delivery> = {}, alert: Partial<StoredAlert> = {}, policy = POLICY) {
  const outbox = new MemoryOutbox();
  const value = { ...openAlert(signal('a'), 'a-1', policy, NOW), ...alert };
  const sent = { state: 'delivered', sent: value.revision, attempts: 1, receipt: 'm-1' } as const;
  const delivery = {
    ...firstDelivery(value, { channel: 'mail', recipient: TO, person: 'anna', step: 0 }, NOW),
    ...sent,
  };
  await outbox.commit({ alert: { value, version: 0 }, deliveries: [{ value: { ...delivery, ...mail }, version: 0 }] });
  return {
    comesBack: (bounce: MailBounce = BOUNCE) =>
      recordBounce(bounce, { outbox, policy: async () => policy, now: () => NOW + 5_000 }),
    deliveries: () => outbox.deliveries(),
    outbox,
    listed: async (list: AlertList) => {
      const ids: string[] = [];
      for await (const page of outbox.listed(list)) ids.push(...page);
      return ids;
    },
    missed: async () => {
      const deps = { outbox, policy: async () => policy, now: () => NOW + 5_000 };
      const answer = await missedAlerts(deps);
      return answer.kind === 'alerts' ? answer.alerts.map(({ alertId }) => alertId) : [];
    },
  };
}

test('a mail that came back was not delivered, and its stand-in tells the alert, once', async () => {
  const { comesBack, deliveries } = await told();

  await comesBack();
  await comesBack();

  expect(deliveries()).toMatchObject([
    {
      channel: 'mail',
      state: 'failed',
      sent: -1,
      reason: 'SES: bounced Permanent General smtp; 550 5.1.1 user unknown',
    },
    { channel: 'hook', state: 'pending', fallbackOf: 'mail' },
  ]);
});

test('where nothing stands in, nobody heard of the alert', async () => {
  const { comesBack, deliveries } = await told({}, {}, { ...POLICY, fallbacks: {} });

  await comesBack();

  expect(deliveries()).toMatchObject([{ channel: 'mail', state: 'undeliverable' }]);
});

/** What SES tells of an answer that a mailbox gives by itself: no server says that anything failed. */
const ANSWER = mailBounce(
  aMailBounce({ alertId: 'a-1', messageId: 'm-1', to: TO }, { type: 'Transient', subType: 'General', isAnswer: true }),
)!;
const FULL = mailBounce(
  aMailBounce({ alertId: 'a-1', messageId: 'm-1', to: TO }, { type: 'Transient', subType: 'MailboxFull' }),
)!;

test('an automatic answer leaves the mail delivered, says so, and rings nowhere else', async () => {
  const { comesBack, deliveries } = await told({}, { severity: 'warning' });

  await comesBack(ANSWER);

  expect(deliveries()).toMatchObject([{ state: 'delivered', sent: 0, reason: 'SES: bounced Transient General' }]);
  expect(deliveries()).toHaveLength(1);
});

test('what is critical and in nobody’s hands is told elsewhere, too, where the mail only may have arrived, by one alone', async () => {
  const policy = { ...POLICY, fallbacks: { mail: ['hook', 'pager'] } };
  const open = await told({}, {}, policy);
  const inHand = await told({}, { state: 'acknowledged', acknowledgedBy: 'anna' }, policy);

  for (const { comesBack } of [open, open, inHand]) await comesBack(ANSWER);

  expect(open.deliveries()).toMatchObject([
    { channel: 'mail', state: 'delivered', sent: 0 },
    { channel: 'hook', state: 'pending', fallbackOf: 'mail' },
  ]);
  expect(open.deliveries()).toHaveLength(2);
  expect(inHand.deliveries()).toHaveLength(1);
});

test('a full mailbox took nothing, though it may have room again', async () => {
  const { comesBack, deliveries } = await told();

  await comesBack(FULL);

  expect(deliveries()).toMatchObject([{ state: 'failed', sent: -1 }, { channel: 'hook' }]);
});

test('an update that came back takes nothing from what the mail before had told', async () => {
  const policy = { ...POLICY, fallbacks: {} };
  const news = { sent: 1, wanted: 1, sentBefore: 0 };
  const inHand = { state: 'acknowledged', acknowledgedBy: 'anna', revision: 1 } as const;
  const open = await told(news, { revision: 1 }, policy);
  const taken = await told(news, inHand);

  for (const { comesBack } of [open, taken]) await comesBack();

  expect(open.deliveries()).toMatchObject([{ channel: 'mail', state: 'failed', sent: 0 }]);
  expect(taken.deliveries()).toMatchObject([{ channel: 'mail', state: 'failed', sent: 0 }]);
  expect(taken.deliveries()).toHaveLength(1);
});

test('what somebody took on by another way is still told to whom no mail reached', async () => {
  const { comesBack, deliveries } = await told({}, { state: 'acknowledged', acknowledgedBy: 'ben' });

  await comesBack();

  expect(deliveries()).toMatchObject([
    { state: 'failed', sent: -1 },
    { channel: 'hook', state: 'pending' },
  ]);
});

test('what is over rings nowhere else', async () => {
  const { comesBack, deliveries } = await told({}, { state: 'closed' });

  await comesBack();

  expect(deliveries()).toMatchObject([{ channel: 'mail', state: 'failed', sent: -1 }]);
});

test('what was settled is looked at again, since nobody heard of it: it was missed', async () => {
  const over = { state: 'closed', closedBy: 'recovery', isSettled: true, stepsTaken: 1 } as const;
  const { comesBack, listed, missed } = await told({}, over);
  expect(await listed('ended')).toEqual([]);

  await comesBack();

  expect(await listed('ended')).toEqual(['a-1']);
  expect(await missed()).toEqual(['a-1']);
});

test('a sweep that read what is over before the mail came back does not settle it', async () => {
  const { comesBack, outbox, listed } = await told({}, { state: 'closed', closedBy: 'recovery' });
  const { alert } = (await outbox.alert('a-1'))!;

  await comesBack();
  const settled = { ...alert, value: { ...alert.value, isSettled: true } as const };

  expect(await outbox.commit({ alert: settled, deliveries: [] })).toBe('conflict');
  expect(await listed('ended')).toEqual(['a-1']);
});

test.each<[string, Partial<Delivery>, Partial<MailBounce>]>([
  ['a newer mail was sent since', { receipt: 'm-2' }, {}],
  ['a newer one is on its way', { state: 'pending' }, {}],
  ['the alert is unknown', {}, { alertId: 'another' }],
])('nothing is recorded where %s', async (_, mail, bounce) => {
  const { comesBack, deliveries } = await told(mail);
  const before = deliveries();

  await comesBack({ ...BOUNCE, ...bounce });

  expect(deliveries()).toEqual(before);
});

test('what came back before its sending was recorded comes again', async () => {
  const lease = { owner: 'worker', until: NOW + 60_000, revision: 0 };
  const { comesBack } = await told({ state: 'pending', sent: -1, receipt: 'of-an-earlier-mail', lease });

  await expect(comesBack({ ...BOUNCE, recipients: [TO.toUpperCase()] })).rejects.toMatchObject({
    code: 'MAIL_BEING_SENT',
  });
});
