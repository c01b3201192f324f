import { expect, test } from '@jest/globals';
import { newsFromAlarm } from './news-from-alarm.ts';

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
