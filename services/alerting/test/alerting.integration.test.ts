import { createHmac } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aBudgetMessage } from './a-budget-message.ts';
import { type AlarmChange, alarmHistory, PERIOD_MS } from './alarm-history.ts';
import { type Alerting, HOOK_SECRET, SIGNING_SECRET, startAlerting } from './deployed-alerting.ts';

const MINUTE_MS = 60_000;
let alerting: Alerting;
beforeAll(async () => {
  alerting = await startAlerting(Date.UTC(2026, 0, 15, 12));
});
afterAll(() => alerting?.stop());

const openAlert = async (id: string) => {
  const answer = await alerting.ask({ kind: 'open' });
  if (answer.kind !== 'alerts') throw new Error(answer.kind);
  return answer.alerts.find(({ subject }) => subject.id === id)!;
};

const accept = async (MessageBody: string) => {
  const QueueUrl = alerting.stack.resources.IncomingQueue!.physicalId;
  await alerting.sandbox.client(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody }));
};

test('a request on the bus reaches the shared conversation, once', async () => {
  await alerting.request({ id: 'import' });
  await alerting.request({ id: 'import' });
  await alerting.settle(2_000);

  const roots = alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('import'));
  expect(roots).toHaveLength(1);
  expect(await openAlert('import')).toMatchObject({
    state: 'open',
    occurrences: 1,
    deliveries: [{ state: 'delivered' }],
  });
});

test('nobody takes it on: the second person after five minutes, everybody after ten', async () => {
  await alerting.request({ id: 'night' });
  await alerting.settle(2_000);
  expect(alerting.channels.slack.roots('D-U0ANNA').filter(({ text }) => text.includes('night'))).toHaveLength(0);

  await alerting.settle(5 * MINUTE_MS);
  await alerting.settle(2_000);
  expect(alerting.channels.slack.roots('D-U0ANNA').filter(({ text }) => text.includes('night'))).toHaveLength(1);
  expect(alerting.channels.slack.roots('D-U0CLEO').filter(({ text }) => text.includes('night'))).toHaveLength(0);

  await alerting.settle(5 * MINUTE_MS);
  await alerting.settle(2_000);
  expect(alerting.channels.slack.roots('D-U0CLEO').filter(({ text }) => text.includes('night'))).toHaveLength(1);
  const missed = await alerting.ask({ kind: 'missed' });
  expect(missed).toMatchObject({ alerts: [{ subject: { id: 'night' } }, { subject: { id: 'import' } }], total: 2 });
});

test('a click on the link shows the alert, and takes it on only by its button', async () => {
  await alerting.request({ id: 'linked', severity: 'info' });
  await alerting.settle(2_000);
  const hook = alerting.channels.received.find(
    ({ channel, text }) => channel === 'webhook' && text.includes('linked'),
  )!;
  const [t, mac] = String(hook.headers['lamplighter-signature'])
    .split(',')
    .map((part) => part.split('=')[1]);
  expect(mac).toBe(createHmac('sha256', HOOK_SECRET).update(`${t}.${hook.text}`).digest('hex'));
  expect((hook.body.alert as { title: string }).title).toBe('linked is broken');
});

test('a button in Slack takes it on, and the escalation ends', async () => {
  await alerting.request({ id: 'slacked' });
  await alerting.settle(2_000);
  const { alertId } = await openAlert('slacked');
  const payload = {
    type: 'block_actions',
    user: { id: 'U0BEN' },
    actions: [{ action_id: 'alert-acknowledge', value: alertId }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(alerting.clock.now() / 1000));
  const signature = `v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = { 'x-slack-request-timestamp': timestamp, 'content-type': 'application/x-www-form-urlencoded' };
  const url = `${alerting.answerUrl}/slack/interactions`;

  const forged = await fetch(url, { method: 'POST', body, headers: { ...headers, 'x-slack-signature': 'v0=0' } });
  const genuine = await fetch(url, { method: 'POST', body, headers: { ...headers, 'x-slack-signature': signature } });
  await alerting.settle(20 * MINUTE_MS);

  expect([forged.status, genuine.status]).toEqual([401, 200]);
  expect(await openAlert('slacked')).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'ben' });
  expect(alerting.channels.slack.roots('D-U0ANNA').filter(({ text }) => text.includes('slacked'))).toHaveLength(0);
  expect(alerting.channels.slack.replies('C0OPS').filter(({ text }) => text.includes('Taken on by ben'))).toHaveLength(
    1,
  );
});

test('a recovery closes the alert where it was told', async () => {
  await alerting.request({ id: 'short' });
  await alerting.settle(2_000);
  await alerting.request({ id: 'short', change: 'resolve', revision: 1 });
  await alerting.settle(2_000);

  expect(await openAlert('short')).toBeUndefined();
  expect(alerting.channels.slack.roots('C0OPS').find(({ text }) => text.includes('short'))?.text).toContain(
    'white_check_mark',
  );
});

test("an alarm's short silence is told once, though its end comes first and each event comes again", async () => {
  const [well, silent, wellAgain] = alarmHistory(alerting.clock.now(), [
    { turn: 'OK', afterMs: 0 },
    { turn: 'silent', afterMs: PERIOD_MS },
    { turn: 'OK', afterMs: PERIOD_MS },
  ]) as [AlarmChange, AlarmChange, AlarmChange];
  for (const { body } of [well, wellAgain, silent, wellAgain, silent]) {
    await accept(body);
    await alerting.settle(2_000);
  }

  const roots = alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('a is in state ALARM'));
  expect(roots.map(({ text }) => text)).toEqual([expect.stringContaining('white_check_mark')]);
  const recent = await alerting.ask({ kind: 'recent', limit: 20 });
  const own = recent.kind === 'alerts' ? recent.alerts.filter(({ title }) => title.startsWith('a is in')) : [];
  expect(own).toMatchObject([{ state: 'closed', severity: 'critical' }]);
});

test('a row that cannot be read, and a bus that takes no news, keep nobody from hearing', async () => {
  const TableName = alerting.stack.resources.OutboxTable!.physicalId;
  const Item = { pk: { S: 'ALERT#poisoned' }, sk: { S: 'ALERT' }, kind: { S: 'alert' } };
  const outage = alerting.sandbox.faults.inject({
    service: 'events',
    operation: 'PutEvents',
    caller: ({ roleArn }) => roleArn?.includes('RelayOutboxRole') === true,
    effect: { kind: 'throttle' },
  });
  await alerting.sandbox.client(DynamoDBClient).send(new PutItemCommand({ TableName, Item }));
  await alerting.request({ id: 'after-poison' });
  await alerting.settle(2_000);
  outage.lift();

  expect(alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('after-poison'))).toHaveLength(1);
});

test('a budget that names the topic as its subscriber is an alert; nobody else may publish there', async () => {
  const topicArn = String(alerting.stack.outputs.BudgetTopicArn);
  const tell = (account: string, service = 'budgets.amazonaws.com') =>
    alerting.sandbox.peers.sns.publish(
      topicArn,
      { message: aBudgetMessage({ name: 'rooms' }), subject: 'AWS Budgets: rooms has exceeded your alert threshold' },
      { kind: 'service', service, sourceArn: `arn:aws:budgets::${account}:budget/rooms`, sourceAccount: account },
    );
  const own = alerting.sandbox.accountId;

  await expect(tell('999999999999')).rejects.toMatchObject({ code: 'AuthorizationError' });
  await expect(tell(own, 'events.amazonaws.com')).rejects.toMatchObject({ code: 'AuthorizationError' });
  await tell(own);
  await alerting.settle(2_000);

  const answer = await alerting.ask({ kind: 'open' });
  const budgets = answer.kind === 'alerts' ? answer.alerts.filter(({ subject }) => subject.kind === 'budget') : [];
  expect(budgets).toMatchObject([
    { title: 'Budget rooms: actual $85.12 of $100.00, threshold > $80.00', deliveries: [{ state: 'delivered' }] },
  ]);
});

test('a channel that is gone hands over to its stand-in', async () => {
  alerting.channels.trouble = ({ channel, text }) =>
    channel === 'slack' && text.includes('orphan')
      ? { status: 200, body: { ok: false, error: 'channel_not_found' } }
      : undefined;
  await alerting.request({ id: 'orphan' });
  await alerting.settle(4_000);
  alerting.channels.trouble = () => undefined;

  expect((await openAlert('orphan')).deliveries).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        channel: 'ops',
        state: 'failed',
        reason: expect.stringMatching(/^Slack: channel_not_found/),
      }),
      expect.objectContaining({ channel: 'hook', state: 'delivered' }),
    ]),
  );
});

test('an answer that got lost on its way is not a second message', async () => {
  let hangUps = 0;
  alerting.channels.trouble = ({ method, text }) =>
    method === 'chat.postMessage' && text.includes('lost-answer') && hangUps++ === 0 ? 'hang-up' : undefined;
  await alerting.request({ id: 'lost-answer' });
  await alerting.settle(90_000);
  alerting.channels.trouble = () => undefined;

  expect(alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('lost-answer'))).toHaveLength(1);
});
