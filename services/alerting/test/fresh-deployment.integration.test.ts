import { CloudWatchClient, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Alerting, startAlerting } from './deployed-alerting.ts';

const MINUTE_MS = 60_000;
const QUARTERS_AN_HOUR = 4;

let alerting: Alerting;
/** Two alarms like that of the loss ledger, made with the stack: one over something that runs every hour, one over something that never does. */
beforeAll(async () => {
  alerting = await startAlerting(Date.UTC(2026, 0, 15, 12));
  for (const name of ['hourly', 'dead']) await putAlarm(name);
});
afterAll(() => alerting?.stop());

const cloudWatch = () => alerting.sandbox.client(CloudWatchClient);
const putAlarm = (name: string) =>
  cloudWatch().send(
    new PutMetricAlarmCommand({
      AlarmName: `${name}-silent`,
      Namespace: 'Test',
      MetricName: name,
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    }),
  );

/** Hours in which the one that is alive gives a sign of life in the last quarter. */
async function hoursPass(hours: number, isAlive: boolean): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    for (let quarter = 0; quarter < QUARTERS_AN_HOUR; quarter++) {
      if (isAlive && quarter === QUARTERS_AN_HOUR - 1)
        await cloudWatch().send(
          new PutMetricDataCommand({ Namespace: 'Test', MetricData: [{ MetricName: 'hourly', Value: 1 }] }),
        );
      await alerting.settle(15 * MINUTE_MS);
    }
  }
}

const told = (name: string) =>
  alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes(`${name} is in state ALARM`));

test('a fresh deployment rings for nothing that comes to life in its time', async () => {
  await hoursPass(3, true);

  expect(alerting.channels.slack.roots('C0OPS').filter(({ text }) => text.includes('is in state ALARM'))).toEqual([]);
});

test('what never gave a sign of life rings in earnest then', async () => {
  await hoursPass(1, true);

  expect(told('dead-silent')).toHaveLength(1);
  expect(told('hourly-silent')).toEqual([]);
});

/** An alarm goes by what data its range still holds, which reaches further back than the periods that it needs: the fourth hour tells. */
test('what falls silent later rings with its alarm, and is not held back', async () => {
  await hoursPass(4, false);

  expect(told('hourly-silent')).toHaveLength(1);
});

test('the synthetic alert of the first days comes through, and its alarm is never told', async () => {
  for (let hour = 0; hour < 50; hour++) await alerting.settle(60 * MINUTE_MS);

  const texts = alerting.channels.slack.roots('C0OPS').map(({ text }) => text);
  expect(texts.filter((text) => text.includes('the daily synthetic alert')).length).toBeGreaterThan(0);
  expect(texts.filter((text) => text.includes('synthetic-alert-absent'))).toEqual([]);
}, 600_000);

test('a channel that dies later rings through the others', async () => {
  alerting.channels.trouble = ({ channel }) => (channel === 'pagerduty' ? { status: 403 } : undefined);
  for (let hour = 0; hour < 48; hour++) await alerting.settle(60 * MINUTE_MS);
  alerting.channels.trouble = () => undefined;

  const texts = alerting.channels.slack.roots('C0OPS').map(({ text }) => text);
  expect(texts.filter((text) => text.includes('synthetic-alert-absent is in state ALARM'))).toHaveLength(1);
}, 600_000);
