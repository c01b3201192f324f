import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerAlert } from '../src/domain/answer-alert.ts';
import { applySignal } from '../src/domain/apply-signal.ts';
import type { OutgoingMessage } from '../src/domain/render/outgoing-message.ts';
import { boundSignal } from '../src/domain/signals/bound-signal.ts';
import { CHANNEL_CASES, ChannelBench, type ChannelCase } from './channel-cases.ts';
import { signal } from './signals.ts';
import { testPolicy } from './test-policy.ts';

let bench: ChannelBench;
beforeAll(async () => {
  bench = await ChannelBench.start();
});
afterAll(() => bench?.stop());

/** A first message about an alert of that title. */
function messageTo({ name, recipient, person }: ChannelCase, title: string, text = 'Look.'): OutgoingMessage {
  const now = bench.now();
  const told = boundSignal(signal(title, { title, text, at: now }));
  const policy = testPolicy('http://127.0.0.1:1');
  const outcome = applySignal({ alert: undefined, member: undefined }, told, {
    policy,
    now,
    newAlertId: `alert-of-${title}`.slice(0, 60),
  });
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  const { alert } = outcome;
  const times = { plannedAt: now, wantedAt: now, updatedAt: now };
  const delivery = {
    alertId: alert.alertId,
    channel: name,
    recipient,
    step: 0,
    wanted: 0,
    sent: -1,
    state: 'pending',
    attempts: 0,
    ...times,
  } as const;
  return {
    alert,
    delivery: { ...delivery, ...(person !== undefined && { person }) },
    answerUrl: 'https://answers.example/alerts/token',
  };
}

describe.each(CHANNEL_CASES)('a channel of type $type', (one) => {
  const send = async (message: OutgoingMessage) => (await bench.channel(one.name))(message);

  test('shows an alert to its recipient', async () => {
    const title = `${one.type} plain`;

    expect(await send(messageTo(one, title))).toMatchObject({ kind: 'sent' });
    expect(bench.shown(one, one.type === 'webhook' || one.type === 'pagerduty' ? 'plain' : title)).toHaveLength(1);
  });

  test('says that a rate limit passes, and when where it is told', async () => {
    bench.trouble(one, 'rate-limited');

    const outcome = await send(messageTo(one, `${one.type} limited`));

    expect(outcome).toMatchObject({ kind: 'later', isLimited: true });
    expect('afterMs' in outcome ? outcome.afterMs : undefined).toBe(one.saysWhen ? 7_000 : undefined);
    expect(bench.shown(one, 'limited')).toEqual([]);
  });

  test('says that a fault of the channel passes', async () => {
    bench.trouble(one, 'broken');

    expect(await send(messageTo(one, `${one.type} broken`))).toMatchObject({
      kind: 'later',
      reason: expect.stringMatching(/./),
    });
  });

  test('says that a refusal is for good, and why', async () => {
    bench.trouble(one, 'refused');

    expect(await send(messageTo(one, `${one.type} refused`))).toMatchObject({
      kind: 'never',
      reason: expect.stringMatching(/403|MessageRejected/),
    });
  });

  test('is not sure of a message whose answer was lost, and shows it as often as it promises', async () => {
    bench.trouble(one, 'hang-up');
    const message = messageTo(one, `${one.type} uncertain`);

    const first = await send(message);
    const second = await send({ ...message, unsure: { since: bench.now(), until: bench.now() } });

    expect(first).toMatchObject({ kind: 'later', isUnsure: true });
    expect(second).toMatchObject({ kind: 'sent' });
    expect(bench.shown(one, 'uncertain')).toHaveLength(one.repeats === 'again' ? 2 : 1);
  });

  test('takes text of any kind and length', async () => {
    const text = `<!channel> <@U0ANNA> @here \u202e${'\u0000'.repeat(10)}${'💥&<'.repeat(300_000)}`;

    expect(await send(messageTo(one, `${one.type} hostile ${'x'.repeat(5_000)}`, text))).toMatchObject({
      kind: 'sent',
    });
    expect(bench.shown(one, '<!channel>').filter(() => one.type.startsWith('slack'))).toEqual([]);
  });

  test('shows the end of an alert in the same place', async () => {
    const message = messageTo(one, `${one.type} goodbye`);
    const sent = await send(message);
    const { alert } = answerAlert(message.alert, { kind: 'close', by: 'anna' }, bench.now());
    const receipt = sent.kind === 'sent' && sent.receipt !== undefined ? { receipt: sent.receipt } : {};

    const outcome = await send({
      ...message,
      alert,
      delivery: { ...message.delivery, ...receipt, sent: 0, wanted: 1 },
    });

    expect(outcome).toMatchObject({ kind: 'sent' });
    expect(bench.shown(one, 'goodbye')).toHaveLength(one.end === 'another' ? 2 : 1);
  });
});
