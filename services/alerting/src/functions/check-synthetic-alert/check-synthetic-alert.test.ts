import { expect, test } from '@jest/globals';
import { AlertRequested, type EventEntry } from '@lamplighter/contracts';
import { MemoryOutbox } from '../../../test/memory-outbox.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { answerAlert } from '../../domain/answer-alert.ts';
import { signalFromRequest } from '../../domain/signals/signal-from-request.ts';
import { storeChange } from '../../outbox/store-change.ts';
import type { ChannelPort } from '../../ports.ts';
import { acceptSignals } from '../accept-event/accept-event.ts';
import { deliverAlert } from '../deliver-alert/deliver-alert.ts';
import { sendSyntheticAlert } from '../send-synthetic-alert/send-synthetic-alert.ts';
import { checkSyntheticAlert } from './check-synthetic-alert.ts';

const SENT_AT = Date.UTC(2026, 0, 15, 10);
const MINUTE_MS = 60_000;
const quietHours = {
  zone: 'America/Los_Angeles',
  from: '22:00',
  until: '07:00',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  below: 'critical' as const,
};
const patient = testPolicy('http://127.0.0.1:1');
/** Quiet in California, and patient with what is only information. */
const policy = {
  ...patient,
  quietHours,
  escalation: { ...patient.escalation, info: [{ afterMinutes: 240, to: ['rota:first'], through: ['hook'] }] },
};
const context = { outbox: new MemoryOutbox(), policy, now: SENT_AT };

/** Today's synthetic alert, delivered where the channel is not silent; and what is reported an hour later. */
async function proofWith({ silent = [], minutes = 60 }: { silent?: string[]; minutes?: number }) {
  const outbox = new MemoryOutbox();
  const reports: boolean[][] = [];
  await sendSyntheticAlert(SENT_AT, async (entries: readonly EventEntry[]) => {
    const signals = entries.map(({ Detail }) => signalFromRequest(JSON.parse(Detail)));
    await acceptSignals(signals, { outbox, policy: async () => policy, now: () => SENT_AT });
  });
  const deliver = async () => {
    for (const delivery of outbox.deliveries()) await deliverAlert(delivery, depsOf(outbox, silent));
  };
  await deliver();
  const check = () =>
    checkSyntheticAlert({
      outbox,
      report: async (reached) => void reports.push([...reached]),
      now: () => SENT_AT + minutes * MINUTE_MS,
    });
  return { outbox, reports, deliver, check };
}

const depsOf = (outbox: MemoryOutbox, silent: readonly string[]) => ({
  outbox,
  policy: async () => policy,
  channel: async (name: string): Promise<ChannelPort> =>
    silent.includes(name) ? async () => ({ kind: 'never', reason: 'gone' }) : async () => ({ kind: 'sent' }),
  order: async () => undefined,
  answerUrl: async () => undefined,
  now: () => SENT_AT,
  jitter: () => 0,
  owner: 'me',
});

test('each channel is reached, in the quiet hours and however patient the policy is', async () => {
  const { reports, check } = await proofWith({});

  expect(await check()).toEqual([]);
  expect(reports).toEqual([[true, true, true, true]]);
});

test('a dead channel is silent, however often a living one hears of the alert', async () => {
  const { outbox, deliver, reports, check } = await proofWith({ silent: ['pager'] });
  const [alertId] = outbox.alerts.keys();
  const current = (await outbox.alert(alertId!))!;
  const { alert } = answerAlert(current.alert.value, { kind: 'acknowledge', by: 'anna' }, SENT_AT);
  await storeChange({ current }, { alert, isNews: true }, { ...context, outbox });
  await deliver();

  expect(outbox.deliveries().filter(({ sent }) => sent === 1)).toHaveLength(3);
  expect(await check()).toEqual(['pager']);
  expect(reports).toEqual([[true, true, true, false]]);
});

test('nothing is reported of an alert that was never sent, or only just', async () => {
  const { reports, check } = await proofWith({ minutes: 29 });
  const dayLater = await proofWith({ minutes: 24 * 60 });

  expect([await check(), await dayLater.check()]).toEqual([[], []]);
  expect([...reports, ...dayLater.reports]).toEqual([]);
});

test('yesterday’s alert is closed by the group that it opened', async () => {
  const changes: string[] = [];
  await sendSyntheticAlert(SENT_AT, async (entries) => {
    for (const { Detail } of entries) {
      const { data } = AlertRequested.parse(JSON.parse(Detail));
      changes.push(`${data.change} ${data.groupKey}`);
    }
  });

  expect(changes).toEqual(['resolve synthetic/2026-01-14', 'open synthetic/2026-01-15']);
});
