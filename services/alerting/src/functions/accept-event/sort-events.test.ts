import { expect, test } from '@jest/globals';
import { sortEvents } from './accept-event.ts';

const MINUTE_MS = 60_000;
const CREATED_AT = Date.UTC(2026, 0, 15, 12);
const absence = 'no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].';
const newAlarm = JSON.stringify({
  id: 'e-1',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  time: '2026-01-15T12:00:00Z',
  resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:silent'],
  detail: {
    alarmName: 'silent',
    state: {
      value: 'ALARM',
      reason: `Threshold Crossed: ${absence}`,
      reasonData: '{"period":300}',
      timestamp: '2026-01-15T12:00:00.000+0000',
    },
    previousState: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation' },
  },
});
const events = [
  { id: 'm-1', body: newAlarm },
  { id: 'm-2', body: '{' },
];

test("a new alarm's first verdict comes again when it proves something, with the time that is left", () => {
  const { groups, held, unreadable } = sortEvents(events, CREATED_AT + 5 * MINUTE_MS);
  expect(held).toEqual([{ id: 'm-1', body: newAlarm, delayMs: 20 * MINUTE_MS }]);
  expect([groups.size, unreadable.map(({ id }) => id)]).toEqual([0, ['m-2']]);
});

test('then it is trouble like any other', () => {
  const { groups, held } = sortEvents(events, CREATED_AT + 25 * MINUTE_MS);
  expect(held).toEqual([]);
  expect([...groups.values()].flat()).toMatchObject([{ id: 'm-1', signal: { kind: 'open', severity: 'critical' } }]);
});
