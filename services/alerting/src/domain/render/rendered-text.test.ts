import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../open-alert.ts';
import { firstDelivery } from '../plan-deliveries.ts';
import { boundSignal } from '../signals/bound-signal.ts';
import { answerPage } from './answer-page.ts';
import { emailMessage } from './email-message.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import { pagerDutyUpdate } from './pagerduty-event.ts';
import { slackMessage, slackReply } from './slack-message.ts';
import { webhookRequest } from './webhook-request.ts';

const NOW = Date.UTC(2026, 0, 15, 12);

function messageOf(title: string, text = title): OutgoingMessage {
  const alert = openAlert(boundSignal(signal('db', { title, text, at: NOW })), 'one', testPolicy('http://h'), NOW);
  return { alert, delivery: firstDelivery(alert, { channel: 'hook', recipient: 'r', step: 0 }, NOW) };
}

/** Every text of a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values((value as object | null) ?? {}).flatMap(textsIn);

test('no channel’s message cuts a character in two, wherever its limit falls', () => {
  const emoji = fc.constantFrom('💥', '🏳️‍🌈', 'x', '&', '\ud83d');
  fc.assert(
    fc.property(fc.array(emoji, { minLength: 60, maxLength: 400 }), (characters) => {
      const message = messageOf(characters.join(''), characters.join('').repeat(30));
      const sent = [
        emailMessage(message),
        slackMessage(message),
        pagerDutyUpdate(message, 'key'),
        JSON.parse(webhookRequest(message, 'secret', NOW).body),
      ];
      expect(textsIn(sent).filter((text) => !text.isWellFormed())).toEqual([]);
    }),
  );
});

test('every channel names what an alert of several is about, each with its own time', () => {
  const one = messageOf('fails in version 2', 'Four of ten calls fail.');
  const members = [
    { subjectId: 'a', title: 'waits for the database', since: NOW - 600_000, isOver: true } as const,
    { subjectId: 'b', title: 'fails in version 2', since: NOW },
  ];
  const message = { ...one, alert: { ...one.alert, members, occurrences: 3 } };

  for (const sent of [emailMessage(message), slackMessage(message), pagerDutyUpdate(message, 'key')]) {
    const said = textsIn(sent).join('\n');
    expect(said).toContain('- since 2026-01-15 11:50 UTC: waits for the database (over)');
    expect(said).toContain('- since 2026-01-15 12:00 UTC: fails in version 2\n- and 1 more');
  }
  expect(answerPage(message.alert, 'anna')).toContain('- since 2026-01-15 12:00 UTC: fails in version 2');
  expect(JSON.parse(webhookRequest(message, 's', NOW).body).alert.members).toEqual(members);
  expect(emailMessage(one).text).not.toContain('since 2026-01-15 12:00 UTC:');
});

test('what became worse is told by its name in the thread', () => {
  const { alert, delivery } = messageOf('fails in version 2');
  const worse = { ...alert, revision: 1, notice: { change: 'worse', revision: 1 } } as const;

  expect(slackReply({ alert: worse, delivery: { ...delivery, sent: 0 } })?.text).toMatch(
    /^Now critical: fails in version 2\. Open since/,
  );
});

test('a subject says that it was cut', () => {
  expect(emailMessage(messageOf('💥'.repeat(150))).subject).toMatch(/💥…$/);
});

test('what is sent again under one key is the same, whatever came of the attempt before', () => {
  const message = messageOf('db is down');
  const again = { ...message.delivery, attempts: 3, updatedAt: NOW + 60_000, reason: 'answered with 503' };

  const [first, second] = [message, { ...message, delivery: again }].map((one) => webhookRequest(one, 's', NOW + 1));

  expect(second).toEqual(first);
});

test('a line in a thread makes no link of what a title holds', () => {
  const { alert, delivery } = messageOf('see https://evil.example/x.png');
  const worse = { ...alert, revision: 1, notice: { change: 'worse', revision: 1 } } as const;
  const reply = slackReply({ alert: worse, delivery: { ...delivery, sent: 0 } })!;

  expect(reply.blocks).toEqual([{ type: 'section', text: { type: 'mrkdwn', text: reply.text, verbatim: true } }]);
});

test('no mailbox is asked to answer, and mails of one alert name one beginning', () => {
  const headers = new Map(emailMessage(messageOf('db is down')).headers.map(({ Name, Value }) => [Name, Value]));

  expect(headers.get('Auto-Submitted')).toBe('auto-generated');
  expect(headers.get('X-Auto-Response-Suppress')).toBe('All');
  expect(headers.get('References')).toMatch(/^<one@[a-z.]+>$/);
});

test('a title that shows nothing is told as none', () => {
  expect(emailMessage(messageOf('\u200b\u2060\ufeff')).subject).toBe('[critical] (no title)');
});

test('no mark turns the direction of a title', () => {
  expect(emailMessage(messageOf('a\u061cb\u202ec')).subject).toBe('[critical] a b c');
});

test('a webhook tells where the alert is answered', () => {
  const message = { ...messageOf('db is down'), answerUrl: 'https://answers.example/alerts/token' };

  expect(JSON.parse(webhookRequest(message, 's', NOW).body).answerUrl).toBe(message.answerUrl);
});
