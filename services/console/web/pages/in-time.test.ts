import { expect, test } from '@jest/globals';
import { findingsIn, repairsIn } from './in-time.ts';

const TIME = { since: 100, until: 200 };

test('a finding is of a time in which it was open, in part at least', () => {
  const before = { openedAt: 10, resolvedAt: 99 };
  const into = { openedAt: 10, resolvedAt: 100 };
  const open = { openedAt: 150 };
  const openSinceLong = { openedAt: 10 };
  const after = { openedAt: 201 };
  expect(findingsIn([before, into, open, openSinceLong, after], TIME)).toEqual([into, open, openSinceLong]);
});

test('a repair is of a time in which something of it happened', () => {
  const planned = { plannedAt: 150, appliedAt: 300 };
  const made = { plannedAt: 10, appliedAt: 150, endedAt: 300 };
  const undone = { plannedAt: 10, appliedAt: 20, endedAt: 150 };
  const held = { plannedAt: 10, appliedAt: 20, endedAt: 300 };
  expect(repairsIn([planned, made, undone, held, { plannedAt: 10 }], TIME)).toEqual([planned, made, undone]);
});
