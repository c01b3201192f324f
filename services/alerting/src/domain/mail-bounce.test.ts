import { expect, test } from '@jest/globals';
import { aMailBounce, type BounceKind } from '../../test/a-mail-bounce.ts';
import { mailBounce } from './mail-bounce.ts';

const BOUNCE = aMailBounce({ alertId: 'a-1', messageId: 'm-1', to: 'anna@example.com' });
const { bounce: _, ...rest } = BOUNCE.detail;

test('a mail that a server refused names its alert, its receipt and why', () => {
  expect(mailBounce(BOUNCE)).toEqual({
    alertId: 'a-1',
    messageId: 'm-1',
    recipients: ['anna@example.com'],
    reason: 'SES: bounced Permanent General smtp; 550 5.1.1 user unknown',
    mayHaveArrived: false,
  });
});

test('a mail that SES itself would not send says so', () => {
  const event = { ...BOUNCE, 'detail-type': 'Email Rejected', detail: { ...rest, reject: { reason: 'Bad content' } } };

  expect(mailBounce(event)).toMatchObject({ messageId: 'm-1', reason: 'SES: rejected Bad content' });
});

test.each<[string, BounceKind, boolean]>([
  ['an automatic answer', { type: 'Transient', subType: 'General', isAnswer: true }, true],
  ['a server that gave up on it for now', { type: 'Transient', subType: 'General' }, false],
  ['a full mailbox', { type: 'Transient', subType: 'MailboxFull', isAnswer: true }, false],
  ['a mailbox that is not there', { type: 'Permanent', subType: 'NoEmail', isAnswer: true }, false],
  ['nobody knows what', { type: 'Undetermined', subType: 'Undetermined', isAnswer: true }, false],
])('of a mail that came back because of %s it is told whether it may have arrived', (_name, kind, mayHaveArrived) => {
  const event = aMailBounce({ alertId: 'a-1', messageId: 'm-1', to: 'anna@example.com' }, kind);

  expect(mailBounce(event)).toMatchObject({ mayHaveArrived });
});

test.each<[string, unknown]>([
  ['another mail of the account', { ...BOUNCE, detail: { ...BOUNCE.detail, mail: { ...rest.mail, tags: {} } } }],
  ['what somebody else calls so', { ...BOUNCE, source: 'my.app' }],
  ['a mail that arrived', { ...BOUNCE, 'detail-type': 'Email Delivered' }],
  ['nothing', null],
  ['a text', 'Email Bounced'],
])('%s is none', (_name, event) => {
  expect(mailBounce(event)).toBeUndefined();
});
