import { expect, test } from '@jest/globals';
import { provesNothingUntil } from './first-verdict.ts';
import { signalOfEvent } from './signal-of-event.ts';

const HOUR_MS = 3_600_000;
const AT = Date.UTC(2026, 0, 15, 12);
const stamp = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');
const absence = (periods: number) =>
  `Threshold Crossed: no datapoints were received for ${periods} periods and ${periods} missing datapoints were treated as [Breaching].`;
const silent = (period: number, periods: number, at: number) => ({
  value: 'ALARM',
  reason: absence(periods),
  reasonData: JSON.stringify({ version: '1.0', period, recentDatapoints: [], threshold: 1 }),
  timestamp: stamp(at),
});
const change = (state: object, previousState: object) => ({
  id: 'e-1',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  time: '2026-01-15T12:00:00Z',
  resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:ledger-silent'],
  detail: { alarmName: 'ledger-silent', state, previousState },
});
const UNCHECKED = { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation' };
const OK = {
  value: 'OK',
  reason: 'Threshold Crossed: 1 out of the last 2 datapoints [1.0] was not less than the threshold (1.0).',
};

test.each([
  ['two hours', silent(3600, 2, AT), 3 * HOUR_MS],
  ['a day', silent(86_400, 1, AT), 48 * HOUR_MS],
])("a new alarm's silence proves nothing for its range of %s, and a period", (_name, state, restMs) => {
  expect(provesNothingUntil(change(state, UNCHECKED))).toBe(AT + restMs + 15 * 60_000);
});

test.each([
  ['that was well before', change(silent(3600, 2, AT), OK)],
  [
    'with data',
    change({ ...silent(3600, 2, AT), reason: '1 out of the last 1 datapoints [9.0] was greater' }, UNCHECKED),
  ],
  ['whose period nobody knows', change({ ...silent(3600, 2, AT), reasonData: 'none' }, UNCHECKED)],
  ['that is well', change({ ...silent(3600, 2, AT), value: 'OK' }, UNCHECKED)],
  ['that is none', { 'detail-type': 'AlertRequested', detail: {} }],
  ['that is no object', null],
])('an alarm %s is never held back', (_name, event) => {
  expect(provesNothingUntil(event)).toBeUndefined();
});

test('an alarm that never had data rings in earnest once it is told; one whose period nobody knows only informs', () => {
  expect(signalOfEvent(change(silent(3600, 2, AT), UNCHECKED))).toMatchObject({ kind: 'open', severity: 'critical' });
  const { reasonData: _, ...unknown } = silent(3600, 2, AT);
  expect(signalOfEvent(change(unknown, UNCHECKED))).toMatchObject({ kind: 'open', severity: 'info' });
});

test('the first data of an alarm that was held back is no recovery; the end of a longer silence is one', () => {
  const ended = (at: number) => signalOfEvent(change({ ...OK, timestamp: stamp(at) }, silent(3600, 2, AT)));
  expect(ended(AT + HOUR_MS)).toMatchObject({ kind: 'resolve', isMereEnd: true });
  expect(ended(AT + 4 * HOUR_MS)).not.toHaveProperty('isMereEnd');
});
