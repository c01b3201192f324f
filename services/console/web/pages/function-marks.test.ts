import { expect, test } from '@jest/globals';
import { marksOf } from './function-marks.ts';

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
