import { describe, expect, test } from '@jest/globals';
import { bestScore, PROFILES, type ScoredFile, scoreAt } from './score-nab.ts';
import { OUTSIDE, PROBATION, weighRows } from './weigh-rows.ts';

/** A hundred rows, fifteen of them probation, a window of ten; detected are the rows named, at score 1. */
function fileWith(...detected: readonly number[]): ScoredFile {
  const scores = new Float64Array(100).fill(0.1);
  for (const row of detected) scores[row] = 1;
  return { scores, ...weighRows(100, [[40, 49]]) };
}
const standard = (...detected: readonly number[]): number => scoreAt([fileWith(...detected)], PROFILES.standard, 1);

describe('rows', () => {
  const { window, value } = weighRows(100, [[40, 49]]);

  test('the first 15 % are probation, of at most 5,000 rows', () => {
    expect([window[14], window[15]]).toEqual([PROBATION, OUTSIDE]);
    expect(weighRows(22_000, []).window.filter((kind) => kind === PROBATION)).toHaveLength(750);
  });

  test('a window is worth all in its first row and falls to its last; behind it 0 falls to -1, before it all is -1', () => {
    expect([window[39], window[40], window[49], window[50]]).toEqual([OUTSIDE, 0, 0, OUTSIDE]);
    expect(value[40]).toBe(1);
    expect(value[49]).toBeCloseTo((2 / (1 + Math.exp(-0.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1), 12);
    expect(value[50]).toBeCloseTo(2 / (1 + Math.exp(5 / 9)) - 1, 12);
    expect([value[39], value[77]]).toEqual([-1, -1]);
  });
});

describe('scores', () => {
  test('nothing detected is 0, every window in its first row 100', () => {
    expect(standard()).toBe(0);
    expect(standard(40)).toBe(100);
  });

  test('the earliest detection of a window counts, whatever follows; a row in probation does not', () => {
    expect(standard(44, 47)).toBe(standard(44));
    expect(standard(44)).toBeLessThan(100);
    expect(standard(5, 40)).toBe(100);
  });

  test('a false detection costs its profile: 0.11 or 0.22 of a window, a missed window one or two', () => {
    expect(standard(30, 40)).toBeCloseTo(100 - 11 / 2, 12);
    expect(scoreAt([fileWith(30, 40)], PROFILES.lowFp, 1)).toBeCloseTo(100 - 22 / 2, 12);
    expect(scoreAt([fileWith(30)], PROFILES.lowFn, 1)).toBeCloseTo(-11 / 3, 12);
  });

  test('the best threshold is one for all files', () => {
    const [quiet, loud] = [fileWith(40), fileWith(30, 40)];
    loud.scores[30] = 0.9;
    expect(scoreAt([quiet, loud], PROFILES.standard, 0.9)).toBeLessThan(100);
    expect(bestScore([quiet, loud], PROFILES.standard)).toBe(100);
    loud.scores[40] = 0.8;
    expect(bestScore([quiet, loud], PROFILES.standard)).toBeCloseTo(100 - 11 / 4, 12);
  });
});
