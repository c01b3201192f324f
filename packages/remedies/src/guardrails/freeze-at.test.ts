import { expect, test } from '@jest/globals';
import { freezeAt } from './freeze-at.ts';

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
  ['2026-11-26T23:59:59Z', false],
  ['2026-11-27T00:00:00Z', true],
  ['2026-11-30T00:00:00Z', false],
])('a freeze by dates at %s', (at, isFrozen) => {
  expect(freezeAt(sale, Date.parse(at))).toBe(isFrozen);
});
