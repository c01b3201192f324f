import { expect, test } from '@jest/globals';
import { blend, weigh } from './blend.ts';
import { type Path, STEPS } from './path.ts';
import { NO_RECORD } from './track-record.ts';

const path = (name: Path['name'], value: number, sd = 1): Path => ({
  name,
  mean: Array<number>(STEPS).fill(value),
  sd: Array<number>(STEPS).fill(sd),
});
const tally = (error: number, naiveError: number) => ({ error, naiveError, points: 100 });

test('a candidate that was worse than the naive one on this series is not used', () => {
  const record = { ...NO_RECORD, candidates: { naive: tally(10, 10), ensemble: tally(11, 10), growth: tally(5, 10) } };

  const weighted = weigh([path('naive', 1), path('ensemble', 2), path('growth', 3)], record);

  expect(weighted.map((one) => one.path.name)).toEqual(['naive', 'growth']);
  expect(weighted.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
});

test('where all were worse the naive one is left', () => {
  const record = { ...NO_RECORD, candidates: { ensemble: tally(11, 10), growth: tally(12, 10) } };

  expect(weigh([path('naive', 1), path('ensemble', 2), path('growth', 3)], record)).toEqual([
    { path: path('naive', 1), weight: 1 },
  ]);
});

test('bands hold what the candidates disagree about, and end at zero', () => {
  const { mean, lower, upper } = blend(
    [
      { path: path('naive', 0, 0), weight: 0.5 },
      { path: path('growth', 10, 0), weight: 0.5 },
    ],
    1,
  );

  expect([mean[0], lower[0], upper[0]]).toEqual([5, 0, expect.closeTo(14.8)]);
});
