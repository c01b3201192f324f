import { describe, expect, test } from '@jest/globals';
import { newsFromAlarm } from './news-from-alarm.ts';
import { newsOfEvent } from './news-of-event.ts';

const alarmOn = (FunctionName: string) => ({
  id: 'e1',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  account: '123456789012',
  region: 'us-east-1',
  time: '2026-01-15T12:00:00Z',
  detail: {
    alarmName: 'errors',
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-01-15T12:00:00.000+0000' },
    configuration: { metrics: [{ metricStat: { metric: { dimensions: { FunctionName } } } }] },
  },
});

test('an alarm on a watched function is a fact of that function', () => {
  expect(newsFromAlarm(alarmOn('hotel-pay'))).toMatchObject({
    functionName: 'hotel-pay',
    facts: [{ kind: 'alarm', alarmName: 'errors', state: 'ALARM' }],
  });
});

test("an alarm on one of Lamplighter's own functions is alerting's alone", () => {
  expect(newsFromAlarm(alarmOn('lamplighter-ingestion-prod-ingest-direct'))).toBeUndefined();
});

test('every state is told: only ALARM is one, and any other ends it', () => {
  for (const value of ['OK', 'INSUFFICIENT_DATA']) {
    const event = alarmOn('hotel-pay');
    const told = { ...event, detail: { ...event.detail, state: { ...event.detail.state, value } } };
    expect(newsFromAlarm(told)?.facts).toMatchObject([{ state: value }]);
  }
});

test('alarms by which AWS scales are no trouble', () => {
  const event = alarmOn('hotel-pay');
  const alarmName = 'TargetTracking-function:hotel-pay:live-AlarmLow-5c2f1a0e';
  expect(newsFromAlarm({ ...event, detail: { ...event.detail, alarmName } })).toBeUndefined();
});

test("an alarm on another account's metric is about that account's function", () => {
  const event = alarmOn('hotel-pay');
  const metrics = event.detail.configuration.metrics.map((metric) => ({ ...metric, accountId: '210987654321' }));
  expect(newsFromAlarm({ ...event, detail: { ...event.detail, configuration: { metrics } } })).toMatchObject({
    accountId: '210987654321',
  });
});

describe('an alarm that watches a function no more has ended', () => {
  const watching = (functionName: string) => alarmOn(functionName).detail.configuration;
  const changed = (operation: string, configuration: object, previousConfiguration?: object) =>
    newsOfEvent({
      ...alarmOn('hotel-pay'),
      'detail-type': 'CloudWatch Alarm Configuration Change',
      detail: {
        alarmName: 'errors',
        operation,
        configuration,
        ...(previousConfiguration && { previousConfiguration }),
      },
    });

  test('when it is deleted', () => {
    expect(changed('delete', watching('hotel-pay'))).toMatchObject({
      functionName: 'hotel-pay',
      facts: [{ kind: 'alarm', alarmName: 'errors', state: 'DELETED', at: Date.UTC(2026, 0, 15, 12) }],
    });
  });

  test('when it watches another one, and not when its threshold changes', () => {
    expect(changed('update', watching('hotel-book'), watching('hotel-pay'))).toMatchObject({
      functionName: 'hotel-pay',
      facts: [{ state: 'DELETED' }],
    });
    expect(changed('update', watching('hotel-pay'), watching('hotel-pay'))).toBeUndefined();
    expect(changed('create', watching('hotel-pay'))).toBeUndefined();
  });
});
