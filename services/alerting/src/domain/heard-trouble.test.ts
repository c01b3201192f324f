import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { isKnownEnd, memberAfter, saysNothing } from './heard-trouble.ts';

const { groupKey, subject } = signal('db');
const resolved = (revision: number, heardUpTo?: number) => ({
  groupKey,
  subject,
  alertId: 'one',
  state: 'resolved' as const,
  revision,
  ...(heardUpTo !== undefined && { heardUpTo }),
});
const late = signal('db', { revision: 3, countsWhenOver: true });

test('a row that does not say what was heard stands for all before it, so that nothing is told again', () => {
  expect(saysNothing(late, resolved(4))).toBe(true);
  expect(saysNothing(late, resolved(4, 2))).toBe(false);
  expect(saysNothing(late, resolved(4, 3))).toBe(true);
});

test('late trouble that does not count when it is over says nothing', () => {
  expect(saysNothing(signal('db', { revision: 3 }), resolved(4, 2))).toBe(true);
});

test('late trouble is kept as heard, and leaves the newest state as it is', () => {
  expect(memberAfter(late, resolved(4, 2), { alertId: 'two' })).toEqual({ ...resolved(4, 3), alertId: 'two' });
});

test('an end that was only noted leaves the trouble before it unheard', () => {
  const end = signal('db', { kind: 'resolve', revision: 4, isMereEnd: true });
  expect(saysNothing(late, memberAfter(end, undefined, { alertId: '' }))).toBe(false);
});

test('the end of trouble that nobody heard of is none that is known, though its subject is', () => {
  const end = signal('db', { kind: 'resolve', revision: 4, endOf: 3 });
  expect([isKnownEnd(end, resolved(2, 1)), isKnownEnd(end, resolved(3, 3)), isKnownEnd(end, undefined)]).toEqual([
    false,
    true,
    false,
  ]);
});
