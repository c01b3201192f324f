import { expect, test } from '@jest/globals';
import {
  AlertRequested,
  AnomalyDetected,
  BreachPredicted,
  type defineEvent,
  RemediationChanged,
} from '@lamplighter/contracts';
import fc from 'fast-check';
import { boundSignal } from './bound-signal.ts';
import { signalOfEvent } from './signal-of-event.ts';

type Entry = ReturnType<ReturnType<typeof defineEvent>['entry']>;
const busEvent = (source: string, detailType: string, detail: unknown) => ({
  id: 'e-1',
  source,
  'detail-type': detailType,
  time: '2026-01-15T12:00:00Z',
  resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a'],
  detail,
});
const fromEntry = ({ Source, DetailType, Detail }: Entry) => busEvent(Source, DetailType, JSON.parse(Detail));
const alarm = (value: string, before: string, alarmName = 'a') =>
  signalOfEvent(
    busEvent('aws.cloudwatch', 'CloudWatch Alarm State Change', {
      alarmName,
      state: { value, reason: 'Threshold Crossed', timestamp: '2026-01-15T12:00:00.000+0000' },
      previousState: { value: before },
    }),
  );

test.each([AnomalyDetected, BreachPredicted, AlertRequested])(
  'an event $detailType means something to the alerts',
  (contract) => {
    const entry = (contract as typeof AlertRequested).entry(
      contract.example as (typeof AlertRequested)['example'],
      'key',
    );

    expect(signalOfEvent(fromEntry(entry))).toMatchObject({ kind: 'open', title: expect.stringMatching(/./) });
  },
);

test('a finding’s commands can be typed where the alert is read', () => {
  const { finding } = AnomalyDetected.example;
  const lookAt = [{ text: 'A request', command: 'pnpm lamplighter audit r-1' }];
  const entry = AnomalyDetected.entry({ ...AnomalyDetected.example, finding: { ...finding, lookAt } }, 'key');

  const signal = signalOfEvent(fromEntry(entry), ' --stage prod --region eu-west-1');

  expect(signal).toMatchObject({ since: finding.openedAt });
  expect(signal?.text).toContain('A request: npx -y pnpm@10 lamplighter audit r-1 --stage prod --region eu-west-1');
});

test('a repair asks for a person when it waits, and wakes nobody when it went well', () => {
  const of = (state: (typeof RemediationChanged)['example']['remediation']['state'], withdrawn?: string) =>
    signalOfEvent(
      fromEntry(
        RemediationChanged.entry(
          {
            ...RemediationChanged.example,
            remediation: { ...RemediationChanged.example.remediation, state, ...(withdrawn && { withdrawn }) },
          },
          'key',
        ),
      ),
    );

  expect(of('awaiting-approval')).toMatchObject({ kind: 'open', severity: 'critical' });
  expect(of('failed')).toMatchObject({ kind: 'open', severity: 'critical' });
  expect(of('kept')).toMatchObject({ kind: 'resolve', isMereEnd: true });
  expect(of('planned')).toBeUndefined();
  expect(of('rolled-back')).toMatchObject({ kind: 'open', severity: 'warning' });
  expect(of('rolled-back', 'It is no longer advised.')).toMatchObject({ kind: 'resolve', isMereEnd: true });
});

test('a limit is ahead, reached, or out of sight', () => {
  const of = (change: (typeof BreachPredicted)['example']['change']) =>
    signalOfEvent(fromEntry(BreachPredicted.entry({ ...BreachPredicted.example, change }, 'key')));

  expect(of('predicted')).toMatchObject({ severity: 'warning', title: expect.stringContaining('will be reached at') });
  expect(of('happened')).toMatchObject({ severity: 'critical', title: expect.stringMatching(/ was reached$/) });
  expect(of('withdrawn')).toMatchObject({
    kind: 'resolve',
    title: expect.stringMatching(/ is no longer in sight$/),
    because: 'the limit is no longer in sight',
  });
});

test('each names what it is about, by which silences are held against it', () => {
  const names = (entry: Parameters<typeof fromEntry>[0]) => signalOfEvent(fromEntry(entry))?.names;
  const { finding } = AnomalyDetected.example;
  const { remediation } = RemediationChanged.example;

  expect(names(AnomalyDetected.entry(AnomalyDetected.example, 'key'))).toEqual([finding.resource.name]);
  expect(names(BreachPredicted.entry(BreachPredicted.example, 'key'))).toEqual([BreachPredicted.example.resource.name]);
  const asking = { ...remediation, state: 'awaiting-approval' } as const;
  expect(names(RemediationChanged.entry({ ...RemediationChanged.example, remediation: asking }, 'key'))).toEqual([
    remediation.resource.name,
  ]);
  expect(alarm('ALARM', 'OK', 'payments slow')?.names).toEqual(['payments slow']);
  const event = busEvent('my.app', 'Something', {});
  expect(signalOfEvent(event)?.names).toEqual(event.resources);
});

test('an alarm is trouble; OK is its end only after it', () => {
  expect(alarm('ALARM', 'OK')).toMatchObject({ kind: 'open', severity: 'critical' });
  expect(alarm('OK', 'ALARM')).not.toHaveProperty('isMereEnd');
  expect(alarm('OK', 'INSUFFICIENT_DATA')).toMatchObject({ kind: 'resolve', isMereEnd: true });
});

test('an alarm by which AWS steers capacity asks nothing of anybody', () => {
  expect(alarm('ALARM', 'OK', 'TargetTracking-table/orders-AlarmLow-1')).toBeUndefined();
});

test('any other event is an alert of its own, whatever its type is called', () => {
  expect(signalOfEvent(busEvent('my.app', 'constructor', { a: 1 }))).toMatchObject({
    kind: 'open',
    title: 'constructor from my.app',
  });
});

test('an event with a broken time is refused with one line', () => {
  const event = { ...busEvent('my.app', 'Something', {}), time: 'yesterday' };

  expect(() => signalOfEvent(event)).toThrow("An alert's time has to be epoch milliseconds, not NaN.");
});

test('a signal of any text is small, readable and has a title', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2_000 }),
    fc.constant('\u202e'.repeat(1_000_000)),
    fc.constant('💥'.repeat(500_000)),
    fc.constant('\ud800'),
  );
  fc.assert(
    fc.property(hostile, hostile, (title, text) => {
      const kept = boundSignal({
        kind: 'open',
        groupKey: text,
        subject: { kind: 'other', id: title },
        revision: 0,
        severity: 'info',
        title,
        text,
        at: 0,
      });
      expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(64_000);
      expect(Buffer.byteLength(kept.groupKey) + Buffer.byteLength(kept.subject.id)).toBeLessThanOrEqual(1_000);
      expect(kept.title).toMatch(/\S/);
      expect(`${kept.title}${kept.text}`).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/);
      expect(`${kept.title}${kept.text}`.isWellFormed()).toBe(true);
    }),
    { numRuns: 50 },
  );
});
