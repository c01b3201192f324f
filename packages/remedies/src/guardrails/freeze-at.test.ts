import { expect, test } from '@jest/globals';
import { freezeAt } from './freeze-at.ts';
import { GuardrailConfig } from './guardrail-config.ts';

/** From Friday 18:00 to 06:00, by the clocks of Berlin: an hour ahead of UTC in January, two in July. */
const weekend = {
  kind: 'weekly' as const,
  weekdays: [5],
  from: '18:00',
  until: '06:00',
  zone: 'Europe/Berlin',
  why: '',
};
const office = { ...weekend, weekdays: [1, 2], from: '09:00', until: '17:00' };
const sale = { kind: 'dates', from: '2026-11-27T00:00:00Z', until: '2026-11-30T00:00:00Z', why: '' } as const;

test.each([
  ['before its first minute', '2026-01-16T16:59:00Z', false],
  ['in its first minute', '2026-01-16T17:00:00Z', true],
  ['after midnight, on a day that it does not name', '2026-01-17T04:59:00Z', true],
  ['when it ends', '2026-01-17T05:00:00Z', false],
  ['on the evening of the day after', '2026-01-17T20:00:00Z', false],
  ['on the morning of the day that it names', '2026-01-16T03:00:00Z', false],
  ['an hour earlier in summer', '2026-07-17T16:00:00Z', true],
])('a weekly freeze over midnight, %s', (_, at, isFrozen) => {
  expect(freezeAt(weekend, Date.parse(at))).toBe(isFrozen);
});

test.each([
  ['on a day that it names', '2026-01-12T08:00:00Z', true],
  ['in its last minute', '2026-01-13T15:59:00Z', true],
  ['when it ends', '2026-01-13T16:00:00Z', false],
  ['on another day', '2026-01-14T12:00:00Z', false],
])('a weekly freeze within a day, %s', (_, at, isFrozen) => {
  expect(freezeAt(office, Date.parse(at))).toBe(isFrozen);
});

test.each([
  ['of 23 hours, in its first hour', '2027-03-28T22:30:00Z', true],
  ['of 23 hours, when it ends', '2027-03-29T04:00:00Z', false],
  ['of 25 hours, in its first hour', '2026-10-25T23:30:00Z', true],
  ['of 25 hours, when it ends', '2026-10-26T05:00:00Z', false],
])('a freeze from Sunday to Monday after a day %s', (_, at, isFrozen) => {
  const sunday = { ...weekend, weekdays: [7], from: '22:00' };

  expect(freezeAt(sunday, Date.parse(at))).toBe(isFrozen);
});

test('a time zone that does not exist is refused when the document is read', () => {
  const read = (zone: string) => GuardrailConfig.safeParse({ freezes: [{ ...weekend, zone }] }).success;

  expect(read('Europe/Berlin')).toBe(true);
  expect(read('Europe/Berlni')).toBe(false);
});

test.each([
  ['2026-11-26T23:59:59Z', false],
  ['2026-11-27T00:00:00Z', true],
  ['2026-11-30T00:00:00Z', false],
])('a freeze by dates at %s', (at, isFrozen) => {
  expect(freezeAt(sale, Date.parse(at))).toBe(isFrozen);
});
