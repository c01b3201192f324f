import { createHmac } from 'node:crypto';
import { ALERT_TAG } from '../src/domain/mail-bounce.ts';
import { aMailBounce } from './a-mail-bounce.ts';
import { type Alerting, SIGNING_SECRET } from './deployed-alerting.ts';
import { testPolicy } from './test-policy.ts';

const MINUTE_MS = 60_000;

/** Everything that any function may do, once. Resolves to the link of an alert's message. */
export async function spendAnEventfulDay(alerting: Alerting): Promise<string> {
  await addMail(alerting);
  // A turn of the escalation is refused once, a channel once for a while and once for good.
  const refused = alerting.sandbox.faults.inject({
    service: 'lambda',
    operation: 'Invoke',
    caller: ({ roleArn }) => roleArn?.includes('EscalationRole') === true,
    times: 1,
    effect: { kind: 'throttle' },
  });
  await alerting.request({ id: 'first' });
  await alerting.settle();
  await alerting.request({ id: 'another', groupKey: 'first' });
  await alerting.settle(11 * MINUTE_MS);
  refused.lift();
  let failures = 0;
  alerting.channels.trouble = ({ text, channel }) => {
    if (!text.includes('second')) return undefined;
    return channel === 'webhook' ? { status: 410 } : failures++ === 0 ? { status: 503 } : { status: 403 };
  };
  await alerting.request({ id: 'second' });
  await alerting.settle(MINUTE_MS);
  alerting.channels.trouble = () => undefined;
  await alerting.settle(MINUTE_MS);
  const link = answerLink(alerting, 'first');
  await answerSlack(alerting, await openAlertId(alerting, 'second'));
  await alerting.ask({
    kind: 'answer',
    alertId: await openAlertId(alerting, 'first'),
    answer: 'snooze',
    by: 'anna',
    minutes: 5,
  });
  await alerting.ask({ kind: 'recent' });
  await alerting.ask({ kind: 'by-id', alertId: 'none' });
  await alerting.settle(6 * MINUTE_MS);
  // Until the daily proof is looked for.
  await alerting.settle(60 * MINUTE_MS);
  await sendBack(alerting);
  await breakRelay(alerting);
  await refuseEverywhere(alerting);
  return link;
}

/** A channel by mail, whose bounces are told. */
async function addMail(alerting: Alerting): Promise<void> {
  const Properties = { EmailIdentity: 'example.com', ConfigurationSetAttributes: { ConfigurationSetName: 'tracked' } };
  const Resources = { Sender: { Type: 'AWS::SES::EmailIdentity', Properties } };
  await alerting.sandbox.deployTemplate({ stackName: 'mail', template: { Resources } });
  const policy = testPolicy(alerting.channels.url);
  const people = { ...policy.people, anna: { ...policy.people.anna!, email: 'anna@example.com' } };
  await alerting.setPolicy({
    ...policy,
    people,
    channels: { ...policy.channels, mail: { type: 'email', from: 'alerts@example.com' } },
  });
}

/** Where the message of an alert in Slack leads whoever answers from outside. */
export function answerLink({ channels }: Alerting, subjectId: string): string {
  const { body } = channels.received.find(
    ({ method, text }) => method === 'chat.postMessage' && text.includes(subjectId),
  )!;
  const all = (body.blocks as { elements?: { action_id?: string; url?: string }[] }[]).flatMap(
    ({ elements = [] }) => elements,
  );
  return all.find(({ action_id }) => action_id === 'alert-open')!.url!;
}

/** Of the open alert about a subject. */
export async function openAlertId(alerting: Alerting, subjectId: string): Promise<string> {
  const answer = await alerting.ask({ kind: 'open' });
  if (answer.kind !== 'alerts') throw new Error(answer.kind);
  return answer.alerts.find(({ subject }) => subject.id === subjectId)!.alertId;
}

async function answerSlack(alerting: Alerting, value: string): Promise<number> {
  const payload = {
    type: 'block_actions',
    user: { id: 'U0BEN' },
    actions: [{ action_id: 'alert-acknowledge', value }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(alerting.clock.now() / 1000));
  const signature = `v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return (await fetch(`${alerting.answerUrl}/slack/interactions`, { method: 'POST', body, headers })).status;
}

/** The newest mail comes back, as SES tells it where a configuration set has EventBridge as its destination. */
async function sendBack(alerting: Alerting): Promise<void> {
  const { messageId, tags, to } = alerting.sandbox.peers.ses.sent().at(-1)!;
  const { source, detail } = aMailBounce({ alertId: tags[ALERT_TAG]!, messageId, to: to[0]! });
  alerting.sandbox.peers.events.emit({ source, detailType: 'Email Bounced', detail });
  await alerting.settle(5_000);
}

/** The relay can order nothing and begin nothing, for as long as an alert's first two steps take. */
async function breakRelay(alerting: Alerting): Promise<void> {
  const faults = [
    { service: 'sqs', operation: 'SendMessageBatch' },
    { service: 'states', operation: 'StartExecution' },
  ].map((call) =>
    alerting.sandbox.faults.inject({
      ...call,
      caller: ({ roleArn }) => roleArn?.includes('RelayOutboxRole') === true,
      effect: { kind: 'throttle' },
    }),
  );
  await alerting.request({ id: 'stuck' });
  await alerting.settle(31 * MINUTE_MS);
  for (const fault of faults) fault.lift();
  await alerting.settle(16 * MINUTE_MS);
}

/** No channel takes an alert, which recovers soon after. */
async function refuseEverywhere(alerting: Alerting): Promise<void> {
  alerting.channels.trouble = ({ text, channel }) =>
    text.includes('unheard') ? { status: channel === 'webhook' ? 410 : 403 } : undefined;
  await alerting.request({ id: 'unheard' });
  await alerting.settle(MINUTE_MS);
  await alerting.request({ id: 'unheard', change: 'resolve', revision: 1 });
  await alerting.settle(16 * MINUTE_MS);
}
