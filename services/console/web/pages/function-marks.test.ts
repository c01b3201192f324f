import { expect, test } from '@jest/globals';
import { findingMarks, marksOf } from './function-marks.ts';

const version = (name: string, firstSeen: number) => ({
  ...{ version: name, firstSeen, lastSeen: 9_000, invocations: 1, failures: 0, coldStarts: 0 },
  p95Ms: null,
});
const repair = (plannedAt: number, state: 'kept' | 'declined') => ({ plannedAt, state, title: `repair ${plannedAt}` });
const view = { since: 1_000, until: 10_000, stepMs: 100, versions: [version('8', 5_000), version('7', 1_000)] };

test('versions that began, deploys, and repairs that changed something are marked, in order', () => {
  expect(marksOf(view, [repair(6_000, 'kept'), repair(2_000, 'kept')], [{ at: 4_000, text: 'new code' }])).toEqual([
    { at: 2_000, what: 'repair 2000' },
    { at: 4_000, what: 'new code' },
    { at: 5_000, what: 'version 8' },
    { at: 6_000, what: 'repair 6000' },
  ]);
});

test('the version of the first call is no change, however late that call comes', () => {
  expect(marksOf({ ...view, versions: [version('$LATEST', 7_000)] }, [], [])).toEqual([]);
  expect(marksOf({ ...view, versions: [version('8', 8_000), version('7', 7_000)] }, [], [])).toEqual([
    { at: 8_000, what: 'version 8' },
  ]);
});

test('what changed nothing, or is not in the time shown, is not marked', () => {
  const others = [repair(500, 'kept'), repair(20_000, 'kept'), repair(3_000, 'declined')];
  expect(marksOf({ ...view, versions: [] }, others, [{ at: 500, text: 'earlier' }])).toEqual([]);
});

test('a repair is marked when it was made, not planned, and again when it was undone or taken back', () => {
  const made = { plannedAt: 2_000, appliedAt: 3_000, endedAt: 7_000, title: 'more memory' };
  const shown = { ...view, versions: [] };
  const marks = [
    { at: 3_000, what: 'more memory' },
    { at: 7_000, what: 'undone: more memory' },
  ];
  expect(marksOf(shown, [{ ...made, state: 'rolled-back' }], [])).toEqual(marks);
  expect(marksOf(shown, [{ ...made, state: 'kept', takenBack: true }], [])).toEqual(marks);
  expect(marksOf(shown, [{ ...made, state: 'kept' }], [])).toEqual(marks.slice(0, 1));
});

test('a finding is marked where it began and was over, among what was done and changed', () => {
  const repairs = [{ plannedAt: 2_500, appliedAt: 5_500, title: 'more memory', state: 'kept' as const }];
  const changes = [
    { at: 1_500, text: 'new code' },
    { at: 500, text: 'long before' },
  ];
  expect(findingMarks({ openedAt: 2_000, resolvedAt: 6_000 }, repairs, changes, view)).toEqual([
    { at: 1_500, what: 'new code' },
    { at: 2_000, what: 'began' },
    { at: 5_500, what: 'more memory' },
    { at: 6_000, what: 'over' },
  ]);
  expect(findingMarks({ openedAt: 2_000 }, [], [], view)).toEqual([{ at: 2_000, what: 'began' }]);
});
