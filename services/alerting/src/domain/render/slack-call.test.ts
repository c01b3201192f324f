import { expect, test } from '@jest/globals';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import type { AlertSignal } from '../alert-signal.ts';
import { type AlertAnswer, answerAlert } from '../answer-alert.ts';
import { applySignal } from '../apply-signal.ts';
import type { Delivery } from '../delivery.ts';
import { escalateAlert } from '../escalate-alert.ts';
import { planDeliveries } from '../plan-deliveries.ts';
import type { AlertingPolicy } from '../policy/policy.ts';
import { standInsFor } from '../stand-ins.ts';
import type { StoredAlert } from '../stored-alert.ts';
import { slackMessage, slackReply } from './slack-message.ts';

/** In the first week of both rotas: anna is on call first, ben second. */
const NOW = Date.UTC(2026, 0, 8, 12);
const STEP_MS = 300_000;
const TEAM = testPolicy('http://127.0.0.1:1');
const POLICY: AlertingPolicy = {
  ...TEAM,
  escalation: {
    ...TEAM.escalation,
    critical: ['rota:first', 'rota:second', 'everybody'].map((to, at) => ({
      afterMinutes: at === 0 ? 0 : 5,
      to: [to],
      through: ['ops'],
    })),
  },
};

/** An alert in one shared conversation, and what stands there after each change, once it was sent. */
class Conversation {
  alert: StoredAlert;
  delivery: Delivery;
  readonly #policy: AlertingPolicy;

  constructor(change: Partial<AlertSignal> = {}, policy = POLICY) {
    const context = { policy, now: NOW, newAlertId: 'one' };
    const outcome = applySignal({ alert: undefined, member: undefined }, signal('db', change), context);
    if (outcome.kind !== 'changed') throw new Error(outcome.kind);
    this.#policy = policy;
    this.alert = outcome.alert;
    this.delivery = this.#planned(outcome.step, NOW);
  }

  #planned(step: number | undefined, now: number): Delivery {
    const existing = this.delivery ? [this.delivery] : [];
    const plan = { existing, isNews: true, step, policy: this.#policy, now };
    return planDeliveries(this.alert, plan).find(({ channel }) => channel === 'ops')!;
  }

  root = () => slackMessage(this);
  reply = () => slackReply(this);

  sent(): this {
    this.delivery = { ...this.delivery, sent: this.alert.revision, state: 'delivered' };
    return this;
  }

  stepAt(now: number): this {
    const next = escalateAlert(this.alert, this.#policy, now);
    if (next.kind !== 'changed') throw new Error(next.kind);
    this.alert = next.alert;
    this.delivery = this.#planned(next.step, now);
    return this;
  }

  answered(answer: AlertAnswer): this {
    this.alert = answerAlert(this.alert, answer, NOW).alert;
    this.delivery = this.#planned(undefined, NOW);
    return this;
  }
}

/** All marks that Slack would not show as they are written: it reads none in plain text. */
const marksIn = ({ text, blocks = [] }: { readonly text: string; readonly blocks?: readonly object[] }): string[] => {
  const onlyRead = (_key: string, value: unknown) =>
    (value as { type?: string } | null)?.type === 'plain_text' ? '' : value;
  return [...new Set(JSON.stringify([text, blocks], onlyRead).match(/<[^>]*>/g))];
};

test('the first message calls whoever is on call, by Slack’s member ID', () => {
  const opened = new Conversation();

  expect(marksIn(opened.root())).toEqual(['<@U0ANNA>']);
  expect(opened.root().text).toContain('<@U0ANNA>');
});

test('each step calls whom it means in the thread, and everybody as everybody', () => {
  const second = new Conversation().sent().stepAt(NOW + STEP_MS);
  const calledSecond = marksIn(second.reply()!);
  const third = second.sent().stepAt(NOW + 2 * STEP_MS);

  expect(calledSecond).toEqual(['<@U0BEN>']);
  expect(marksIn(third.reply()!)).toEqual(['<!channel>']);
});

test('a step through other channels calls nobody here a second time', () => {
  const policy = { ...POLICY, escalation: { ...POLICY.escalation, critical: TEAM.escalation.critical } };
  const escalated = new Conversation({}, policy).sent().stepAt(NOW + STEP_MS);

  expect(escalated.reply()).toMatchObject({ text: expect.stringMatching(/^Nobody has taken it on/) });
  expect(marksIn(escalated.reply()!)).toEqual([]);
});

test.each<AlertAnswer>([
  { kind: 'acknowledge', by: 'ben' },
  { kind: 'snooze', by: 'ben', minutes: 60 },
  { kind: 'close', by: 'ben' },
])('once somebody has it in hand ($kind), nobody is called', (answer) => {
  const inHand = new Conversation().sent().answered(answer);
  const untilThen = new Conversation().answered(answer);

  expect([marksIn(inHand.root()), marksIn(inHand.reply()!), marksIn(untilThen.root())]).toEqual([[], [], []]);
});

test('whoever has no member ID is named, and the line is shown to everybody', () => {
  const { slackUser: _, ...ben } = POLICY.people.ben!;
  const policy = { ...POLICY, people: { ...POLICY.people, ben } };
  const escalated = new Conversation({}, policy).sent().stepAt(NOW + STEP_MS);

  expect(escalated.reply()).toMatchObject({ text: expect.stringMatching(/^ben Nobody/), reply_broadcast: true });
  expect(
    new Conversation()
      .sent()
      .stepAt(NOW + STEP_MS)
      .reply(),
  ).not.toHaveProperty('reply_broadcast');
});

test('no text of an alert calls anybody', () => {
  const words = '<!channel> <@U0CLEO> <!here|x> <#C1> &lt;!channel&gt;';
  const hostile = new Conversation({ title: words, text: words, groupKey: words });

  expect(marksIn(hostile.root())).toEqual(['<@U0ANNA>']);
});

test('a shared conversation that stands in calls the person for whom it does; the daily proof calls nobody', () => {
  const { alert, delivery } = new Conversation();
  const direct: Delivery = { ...delivery, channel: 'direct', recipient: 'U0CLEO', person: 'cleo', state: 'failed' };
  const policy = { ...POLICY, fallbacks: { direct: ['ops'] } };
  const [standIn] = standInsFor(direct, alert, { existing: [direct], policy, now: NOW });
  const proof = new Conversation({ severity: 'info', subject: { kind: 'synthetic', id: 's' } });

  expect(marksIn(slackMessage({ alert, delivery: standIn! }))).toEqual(['<@U0CLEO>']);
  expect(marksIn(proof.root())).toEqual([]);
});

test('eighty people are called in what Slack takes: those with an ID all of them, names as many as fit', () => {
  const { alert, delivery } = new Conversation();
  const longName = (at: number) => `${at}-${'x'.repeat(58)}`;
  const who = Array.from({ length: 80 }, (_, at) => ({
    person: longName(at),
    ...(at >= 40 && { slackUser: `U0123ABC${at}` }),
  }));
  const { text, blocks } = slackMessage({ alert, delivery: { ...delivery, calls: { who, revision: 0 } } });

  expect(text.match(/<@U0123ABC\d\d>/g)).toHaveLength(40);
  expect(text).toMatch(/ and \d+ more$/);
  // What chat.update takes, and what a block takes.
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_000);
  for (const block of blocks as { text?: { text: string } }[])
    expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
});
