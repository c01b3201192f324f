import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DisableRuleCommand, EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  grantedStatements,
  needlessStatements,
  unboundedActions,
  unusedActions,
} from '@lamplighter/sandbox/least-privilege';
import { ALERT_TAG } from '../src/domain/mail-bounce.ts';
import { answerLink, openAlertId, spendAnEventfulDay } from './an-eventful-day.ts';
import { type Alerting, startAlerting } from './deployed-alerting.ts';
import { walkedEscalations } from './walked-escalations.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 9, 50);
/** PutMetricData knows no resources; AWS judges by the namespace, which the condition gives. The suppression list is the account's. */
const WITHOUT_RESOURCES = ['cloudwatch:PutMetricData', 'ses:GetSuppressedDestination'];
/** Lambda's own reader of a stream asks for it; the sandbox's does not. */
const CALLED_BY_AWS = ['RelayOutboxRole.FollowOutbox: dynamodb:ListStreams'];
const CONTEXT = { 'cloudwatch:namespace': 'Lamplighter' };

let alerting: Alerting;
let link: string;

beforeAll(async () => {
  alerting = await startAlerting(START_MS);
  link = await spendAnEventfulDay(alerting);
});
afterAll(() => alerting?.stop());

async function refusals(): Promise<string[]> {
  const logGroupName = '/aws/lambda/lamplighter-alerting-dev-answer-alert';
  const { events = [] } = await alerting.sandbox
    .client(CloudWatchLogsClient)
    .send(new FilterLogEventsCommand({ logGroupName, filterPattern: '"an answer was refused"' }));
  return events.map(({ message }) => /"reason":\s*"([a-z]+)"/.exec(message ?? '')?.[1] ?? '?');
}

/** What the alarm over the daily proof sees of the day. */
async function channelsReported() {
  const { Datapoints } = await alerting.sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'Lamplighter',
      MetricName: 'SyntheticAlertDelivered',
      Dimensions: [{ Name: 'Stage', Value: 'dev' }],
      StartTime: new Date(START_MS),
      EndTime: new Date(START_MS + 120 * MINUTE_MS),
      Period: 7200,
      Statistics: ['Minimum', 'SampleCount'],
    }),
  );
  return Datapoints;
}

const granted = () => grantedStatements(alerting.sandbox, alerting.stack);

test('the roles allow no action that nobody needs', () => {
  expect(unusedActions(granted())).toEqual(CALLED_BY_AWS);
});

test('the roles name every resource where AWS can judge by it', () => {
  expect(unboundedActions(granted())).toEqual(WITHOUT_RESOURCES);
});

test('a call that was made is denied once any one statement is gone', () => {
  expect(needlessStatements(alerting.sandbox, granted(), CONTEXT)).toEqual([]);
});

test('whoever answers from outside may read the policy and the signing secret, and no secret of a channel', () => {
  const { physicalId } = alerting.stack.resources.AnswerAlertRole!;
  const { arn } = alerting.sandbox.iam.roles.byName(physicalId);
  const isDenied = (name: string) => {
    const resource = `arn:aws:ssm:us-east-1:123456789012:parameter/lamplighter/dev/alerting/${name}`;
    const caller = { accessKeyId: '', arn, roleArn: arn };
    return alerting.sandbox.iam.denial(caller, { action: 'ssm:GetParameter', resource }) !== undefined;
  };

  expect(['policy', 'slack-signing-secret', 'slack-token', 'pager-key'].map(isDenied)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('the daily proof went through every channel of the policy, and each is counted', async () => {
  const text = 'Lamplighter is alive';
  const { slack, received } = alerting.channels;
  expect(slack.roots('C0OPS').filter((post) => post.text.includes(text))).toHaveLength(1);
  expect(received.filter((one) => one.channel === 'webhook' && one.text.includes(text))).toHaveLength(1);
  expect(received.filter((one) => one.channel === 'pagerduty' && one.text.includes(text))).toHaveLength(1);
  expect(alerting.sandbox.peers.ses.sent().filter(({ subject }) => subject?.includes(text))).toHaveLength(1);
  expect(await channelsReported()).toMatchObject([{ Minimum: 1, SampleCount: 5 }]);
});

test('what the relay could not set in motion is told all the same, with its escalation', () => {
  const rootsOf = (conversation: string) =>
    alerting.channels.slack.roots(conversation).filter(({ text }) => text.includes('stuck'));
  expect([rootsOf('C0OPS'), rootsOf('D-U0ANNA'), rootsOf('D-U0CLEO')].map(({ length }) => length)).toEqual([1, 1, 1]);
});

test('what nobody heard of is missed after it recovered, and lies where an alarm watches, until it is told after all', async () => {
  const missed = async () => {
    const answer = await alerting.ask({ kind: 'missed' });
    return answer.kind === 'alerts' ? answer.alerts.map(({ subject }) => subject.id) : [];
  };
  expect(await missed()).toContain('unheard');
  expect(await reportedIds()).toContain(await recentId('unheard'));

  alerting.channels.trouble = () => undefined;
  await alerting.settle(76 * MINUTE_MS);

  expect(await missed()).not.toContain('unheard');
  expect(alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('unheard'))).toHaveLength(1);
});

async function recentId(subjectId: string): Promise<string | undefined> {
  const answer = await alerting.ask({ kind: 'recent' });
  return answer.kind === 'alerts' ? answer.alerts.find(({ subject }) => subject.id === subjectId)?.alertId : undefined;
}

async function reportedIds(): Promise<string[]> {
  const QueueUrl = alerting.stack.resources.UndeliveredQueue!.physicalId;
  const { Messages = [] } = await alerting.sandbox
    .client(SQSClient)
    .send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
  return Messages.map(({ Body }) => (JSON.parse(Body ?? '{}') as { alertId: string }).alertId);
}

test('a mail that came back is not delivered any more, and says why', async () => {
  const { tags } = alerting.sandbox.peers.ses.sent().at(-1)!;
  const answer = await alerting.ask({ kind: 'by-id', alertId: tags[ALERT_TAG]! });

  const deliveries = answer.kind === 'alert' ? answer.alert.deliveries : [];
  expect(deliveries.filter(({ channel }) => channel === 'mail')).toMatchObject([
    { state: 'failed', reason: 'SES: bounced Permanent General smtp; 550 5.1.1 user unknown' },
  ]);
});

test('every path of the state machine was walked, a refused turn and its repetition too', async () => {
  await alerting.ask({ kind: 'answer', alertId: await openAlertId(alerting, 'first'), answer: 'close', by: 'anna' });
  await restSweep();
  await alerting.settle(8 * 24 * 60 * MINUTE_MS);
  const { steps, ends } = await walkedEscalations(alerting);

  expect(steps).toEqual([
    'IsItOver -> Over',
    'IsItOver -> Sleep',
    'Sleep -> TakeTurn',
    'TakeTurn -> IsItOver',
    'TakeTurn fails',
    'start -> TakeTurn',
  ]);
  // The newest daily proof waits for its end.
  expect(ends).toEqual(['RUNNING', 'SUCCEEDED']);
});

/** Its hundreds of rounds in the days that follow would show nothing new. */
async function restSweep(): Promise<void> {
  const [rule] = Object.entries(alerting.stack.resources).filter(
    ([id, { type }]) => id.startsWith('SweepDashoutbox') && type === 'AWS::Events::Rule',
  );
  await alerting.sandbox.client(EventBridgeClient).send(new DisableRuleCommand({ Name: rule![1].physicalId }));
}

test('a link shows on GET, answers on POST, and does nothing a second time', async () => {
  await alerting.request({ id: 'linked' });
  await alerting.settle(2_000);
  const own = answerLink(alerting, 'linked');
  const post = () => fetch(own, { method: 'POST', body: new URLSearchParams({ answer: 'acknowledge' }) });

  const shown = await fetch(own);
  const before = await alerting.ask({ kind: 'by-id', alertId: await openAlertId(alerting, 'linked') });
  const [first, second] = [await post(), await post()];
  const after = await alerting.ask({ kind: 'by-id', alertId: await openAlertId(alerting, 'linked') });

  expect([shown.status, first.status, second.status]).toEqual([200, 200, 200]);
  expect(before).toMatchObject({ alert: { state: 'open', revision: 0 } });
  expect(after).toMatchObject({ alert: { state: 'acknowledged', acknowledgedBy: 'ops', revision: 1 } });
});

test('forged, foreign, expired links and those of strangers are refused, and written down', async () => {
  const [claims, mac] = link.split('/').at(-1)!.split('.') as [string, string];
  const flipped = `${mac[0] === 'A' ? 'B' : 'A'}${mac.slice(1)}`;
  const address = (token: string) => link.replace(/[^/]+$/, token);

  const statuses = [];
  for (const token of ['nonsense', `${claims}.${flipped}`]) statuses.push((await fetch(address(token))).status);
  // A week after the newest change the link is old.
  statuses.push((await fetch(link)).status);
  await alerting.settle();

  expect(statuses).toEqual([403, 403, 403]);
  expect((await refusals()).slice(-3)).toEqual(['malformed', 'forged', 'expired']);
});

test('an event that is none lies in the dead letters after ten attempts, and blocks nobody', async () => {
  const Entries = [
    {
      EventBusName: 'lamplighter-dev',
      Source: 'lamplighter.alerting',
      DetailType: 'AlertRequested',
      Detail: '{"data":{}}',
    },
  ];
  await alerting.sandbox.client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
  await alerting.request({ id: 'after-it' });
  await alerting.settle(40 * MINUTE_MS);

  expect(await openAlertId(alerting, 'after-it')).toMatch(/^\d+-/);
  expect(alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('after-it'))).toHaveLength(1);
});
