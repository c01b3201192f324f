import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aBudgetMessage } from '../../../test/a-budget-message.ts';
import { budgetNotice } from './budget-notice.ts';
import { signalOfEvent } from './signal-of-event.ts';

const notification = (Message: string, rest: object = {}) => ({
  Type: 'Notification',
  MessageId: 'm-1',
  TopicArn: 'arn:aws:sns:us-east-1:123456789012:lamplighter-dev-budgets',
  Subject: 'AWS Budgets: rooms has exceeded your alert threshold',
  Message,
  Timestamp: '2026-01-15T12:00:00.000Z',
  ...rest,
});

test('a budget that passed its threshold is a warning that names it, its figures and its words', () => {
  const message = aBudgetMessage({ name: 'rooms', budgeted: '$30.00', threshold: '> $24.00', amount: '$36.69' });

  expect(signalOfEvent(notification(message))).toMatchObject({
    kind: 'open',
    severity: 'warning',
    title: 'Budget rooms: actual $36.69 of $30.00, threshold > $24.00',
    text: expect.stringContaining('The ACTUAL Cost associated with this budget is $36.69.'),
    groupKey: 'budget/123456789012/rooms/ACTUAL/> $24.00',
    subject: { kind: 'budget', id: 'm-1' },
    at: Date.UTC(2026, 0, 15, 12),
  });
});

test('each threshold of a budget is an alert of its own, and each notification counts', () => {
  const signalOf = (threshold: string, MessageId: string) =>
    signalOfEvent(notification(aBudgetMessage({ threshold }), { MessageId }))!;
  const [half, all, nextMonth] = [signalOf('> $50.00', 'a'), signalOf('> $100.00', 'b'), signalOf('> $50.00', 'c')];

  expect(half.groupKey).not.toBe(all.groupKey);
  expect(nextMonth.groupKey).toBe(half.groupKey);
  expect(nextMonth.subject).not.toEqual(half.subject);
});

test('lines that end as in Windows, and blanks around a figure, change nothing', () => {
  const message = aBudgetMessage({ name: 'rooms' });

  expect(budgetNotice(message.replaceAll('\n', ' \r\n'))).toEqual(budgetNotice(message));
});

test.each([
  ['words that AWS may choose tomorrow', 'Your budget rooms is used up.'],
  ['nothing', ''],
  ['JSON', '{"BudgetName":"rooms"}'],
  ['a name alone', 'Budget Name: rooms'],
])('a message with %s is told as it is', (_, message) => {
  expect(signalOfEvent(notification(message))).toMatchObject({
    kind: 'open',
    title: 'AWS Budgets: rooms has exceeded your alert threshold',
    text: message,
  });
  expect(signalOfEvent(notification(message, { Subject: undefined }))).toMatchObject({
    title: 'A message of lamplighter-dev-budgets',
  });
});

test('a broken time is refused with one line', () => {
  expect(() => signalOfEvent(notification('', { Timestamp: 'soon' }))).toThrow('has to be epoch milliseconds, not NaN');
});

test('whatever is published becomes one alert within bounds', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 500 }),
    fc.constantFrom(
      '\u202e'.repeat(9_000),
      'Budget Name: \n'.repeat(20_000),
      `Budget Name: x${' '.repeat(250_000)}x`,
      'A Amount:'.repeat(9_000),
    ),
    fc.string({ maxLength: 900 }).map((name) => aBudgetMessage({ name })),
  );
  fc.assert(
    fc.property(hostile, hostile, (message, subject) => {
      const signal = signalOfEvent(notification(message, { Subject: subject }))!;
      expect(signal.title).toMatch(/\S/);
      expect(signal.title.length).toBeLessThanOrEqual(300);
      expect(signal.text.length).toBeLessThanOrEqual(8_000);
      expect(Buffer.byteLength(signal.groupKey)).toBeLessThanOrEqual(500);
      expect(`${signal.title}${signal.text}`).not.toMatch(/[\u0000-\u0008\u202a-\u202e]/);
    }),
    { numRuns: 50 },
  );
});
