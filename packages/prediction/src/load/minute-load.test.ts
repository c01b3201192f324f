import { expect, test } from '@jest/globals';
import { estimatePeak } from './minute-load.ts';

const RUNS = 40;

/** Most under way at one instant of a minute, the mean of some minutes of independent calls that take the same. */
function highestOf(mean: number, seconds: number): number {
  let state = 4_711;
  const uniform = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  let sum = 0;
  for (let run = 0; run < RUNS; run++) {
    const ends: number[] = [];
    let most = 0;
    for (let at = -seconds; at < 60; at += (-Math.log(uniform()) * seconds) / mean) {
      while (ends[0]! <= at) ends.shift();
      ends.push(at + seconds);
      if (at >= 0) most = Math.max(most, ends.length);
    }
    sum += most;
  }
  return sum / RUNS;
}

test.each([
  [1, 0.05],
  [5, 0.5],
  [40, 0.5],
  [300, 0.5],
  [5, 5],
  [40, 5],
])('the highest of a minute with %d under way on average, of %d s each, is known within an eighth', (mean, seconds) => {
  const peak = estimatePeak((60 * mean) / seconds, mean * 60_000);
  expect(Math.abs(peak / highestOf(mean, seconds) - 1)).toBeLessThan(1 / 8);
});

test('there are never more at once than calls, nor fewer than one of any', () => {
  expect([estimatePeak(0, 0), estimatePeak(1, 500), estimatePeak(1, 600_000), estimatePeak(3, 0)]).toEqual([
    0, 1, 1, 1,
  ]);
  expect(Number.isFinite(estimatePeak(1e15, 1e15))).toBe(true);
});
