import { expect, test } from '@jest/globals';
import { anAttempt } from '../../test/an-attempt.ts';
import { costOfAttempt } from './cost-of-attempt.ts';

/** `Duration: 149.53 ms Billed Duration: 313 ms … Restore Duration: 789.64 ms Billed Restore Duration: 163 ms`: 313 is 150 and 163. */
test("a SnapStart restore is billed once: REPORT's billed duration holds it already", () => {
  const figures = { durationMs: 149.53, billedDurationMs: 313, memorySizeMb: 3_538 };
  const restored = anAttempt(0, { ...figures, restoreDurationMs: 789.64, billedRestoreDurationMs: 163 });

  expect(costOfAttempt(restored)).toBe(costOfAttempt(anAttempt(0, figures)));
  expect(costOfAttempt(restored)).toBeCloseTo(0.000_000_2 + 0.313 * (3_538 / 1_024) * 0.000_016_666_7, 9);
});

test('what the log does not say is billed is not known', () => {
  const { billedDurationMs: _billed, ...managed } = anAttempt(0);
  expect(costOfAttempt(managed)).toBeUndefined();
});
