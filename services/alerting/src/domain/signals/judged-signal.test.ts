import { expect, test } from '@jest/globals';
import { MemoryOutbox } from '../../../test/memory-outbox.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { acceptSignals } from '../../functions/accept-event/accept-event.ts';
import type { SourceRule } from '../policy/source-rule.ts';
import { signalOfEvent } from './signal-of-event.ts';

const START = Date.UTC(2026, 0, 15, 12);
const POLICY = testPolicy('http://127.0.0.1:1');

const alarmEvent = (value: string, before: string, { minute = 0, alarmName = 'dev-errors' } = {}) => ({
  id: 'e-1',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  time: '2026-01-15T12:00:00Z',
  resources: [`arn:aws:cloudwatch:us-east-1:123456789012:alarm:${alarmName}`],
  detail: {
    alarmName,
    state: { value, reason: 'Threshold Crossed', timestamp: new Date(START + minute * 60_000).toISOString() },
    previousState: { value: before, reason: 'Threshold Crossed', timestamp: new Date(START).toISOString() },
  },
});
const partnerEvent = {
  id: 'e-2',
  source: 'acme.billing',
  'detail-type': 'Invoice Failed',
  time: '2026-01-15T12:00:00Z',
  resources: ['arn:acme:invoice/7'],
  detail: {},
};

/** The alerts that events open under rules about their sources. */
async function alertsOf(sources: readonly SourceRule[], ...events: readonly object[]) {
  const outbox = new MemoryOutbox();
  for (const event of events)
    await acceptSignals([signalOfEvent(event)!], {
      outbox,
      policy: async () => ({ ...POLICY, sources: [...sources] }),
      now: () => START,
    });
  return [...outbox.alerts.values()].map(({ value: { severity, state } }) => ({ severity, state }));
}

const DEV: SourceRule = { source: 'aws.cloudwatch', namePrefix: 'dev-', severity: 'warning' };
const trouble = alarmEvent('ALARM', 'OK');

test('an alarm is critical unless a rule that fits says otherwise; the first decides', async () => {
  expect(await alertsOf([], trouble)).toEqual([{ severity: 'critical', state: 'open' }]);
  expect(await alertsOf([DEV], trouble)).toEqual([{ severity: 'warning', state: 'open' }]);
  expect(await alertsOf([DEV, { ...DEV, severity: 'info' }], trouble)).toEqual([
    { severity: 'warning', state: 'open' },
  ]);
  expect(await alertsOf([DEV], alarmEvent('ALARM', 'OK', { alarmName: 'prod-errors' }))).toMatchObject([
    { severity: 'critical' },
  ]);
});

test("a partner's event is as bad as the policy says", async () => {
  const rule: SourceRule = { source: 'acme.billing', detailType: 'Invoice Failed', severity: 'critical' };

  expect(await alertsOf([rule], partnerEvent)).toMatchObject([{ severity: 'critical' }]);
  expect(await alertsOf([{ ...rule, namePrefix: 'arn:acme:order/' }], partnerEvent)).toMatchObject([
    { severity: 'warning' },
  ]);
});

test('what is ignored is no alert, nor is its end', async () => {
  const ignore: SourceRule = { ...DEV, severity: 'ignore' };

  expect(await alertsOf([ignore], trouble, alarmEvent('OK', 'ALARM', { minute: 1 }))).toEqual([]);
  expect(await alertsOf([], alarmEvent('OK', 'ALARM', { minute: 1 }))).toEqual([
    { severity: 'critical', state: 'closed' },
  ]);
});

test('an alert from before it was ignored ends all the same', async () => {
  const outbox = new MemoryOutbox();
  const accept = (event: object, sources: SourceRule[]) =>
    acceptSignals([signalOfEvent(event)!], { outbox, policy: async () => ({ ...POLICY, sources }), now: () => START });
  await accept(trouble, []);
  await accept(alarmEvent('OK', 'ALARM', { minute: 1 }), [{ ...DEV, severity: 'ignore' }]);

  expect([...outbox.alerts.values()]).toMatchObject([{ value: { state: 'closed' } }]);
});

test('an alarm that falls idle is information, whatever its rule; one that loses its data in trouble is a warning', async () => {
  const idle = alarmEvent('INSUFFICIENT_DATA', 'OK');

  expect(await alertsOf([{ ...DEV, severity: 'critical' }], idle)).toEqual([{ severity: 'info', state: 'open' }]);
  expect(await alertsOf([], alarmEvent('INSUFFICIENT_DATA', 'ALARM'))).toEqual([
    { severity: 'warning', state: 'open' },
  ]);
});

test("no rule judges Lamplighter's own events", () => {
  const own = { ...partnerEvent, source: 'lamplighter.analysis' };

  expect(signalOfEvent(own)).not.toHaveProperty('origin');
  expect(signalOfEvent(partnerEvent)).toHaveProperty('origin.name', 'arn:acme:invoice/7');
});

test('each alarm is an alert of its own, a composite one beside its children, unless a rule ignores the children', async () => {
  const children = ['pay-part-errors', 'pay-part-latency'].map((alarmName) => alarmEvent('ALARM', 'OK', { alarmName }));
  const { detail, ...rest } = alarmEvent('ALARM', 'OK', { alarmName: 'pay' });
  const composite = {
    ...rest,
    detail: {
      ...detail,
      state: { ...detail.state, reasonData: '{"triggeringAlarms":[]}' },
      configuration: { alarmRule: 'ALARM("pay-part-errors") OR ALARM("pay-part-latency")' },
    },
  };
  const parts: SourceRule = { namePrefix: 'pay-part-', severity: 'ignore' };

  expect(await alertsOf([], ...children, composite)).toHaveLength(3);
  expect(await alertsOf([parts], ...children, composite)).toEqual([{ severity: 'critical', state: 'open' }]);
});
