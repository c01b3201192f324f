import { expect, test } from '@jest/globals';
import { ensemble } from './ensemble.ts';
import { withoutLoneSpike } from './lone-spike.ts';

/** From 95 to 105, the same in each run. */
const calm = Array.from({ length: 60 }, (_, at) => 95 + ((at * 7) % 11));
const around = (at: number, ...values: number[]): number[] => [
  ...calm.slice(0, at),
  ...values,
  ...calm.slice(at + values.length),
];

test.each<[string, readonly number[], readonly number[]]>([
  ['one point', around(40, 10_000), [40]],
  ['a point five times as far', around(40, 140), [40]],
  ['a drop', around(40, -10_000), [40]],
  ['one of a constant', Array<number>(60).fill(7).with(45, 1_000), [45]],
  ['three in a row', around(40, 9_000, 10_000, 8_000), [40, 41, 42]],
])('%s far from all others is missing', (_, series, missing) => {
  const cleaned = withoutLoneSpike(series);

  expect(cleaned).toEqual(series.map((value, at) => (missing.includes(at) ? null : value)));
});

test.each<[string, readonly (number | null)[]]>([
  ['what happened twice', around(10, 10_000).with(40, 9_000)],
  ['what lasts to the end', around(58, 10_000, 10_000)],
  ['four in a row', around(40, 9_000, 9_000, 9_000, 9_000)],
  ['a point that is not five times as far', around(40, 120)],
  ['one demand among zeros', Array<number>(60).fill(0).with(20, 5_000)],
  ['a season with peaks', Array.from({ length: 60 }, (_, at) => (at % 12 === 0 ? 900 : at % 3))],
  ['fewer than ten points', [1, 2, 1, 900, 2, 1]],
])('%s is kept', (_, series) => {
  expect(withoutLoneSpike(series)).toEqual(series);
});

test.each([12, 30, 60])('a spike in %i points bends no forecast and widens no band', (count) => {
  const series = calm.slice(0, count);
  const options = { seasonLengths: [], horizon: 12, isCount: true };
  for (const share of [0.3, 0.7, 0.9]) {
    const spiked = series.with(Math.floor(share * count), 10_000);

    const { mean, intervals } = ensemble.predict(ensemble.fit(spiked, options), 12, [95]);

    expect(Math.min(...mean)).toBeGreaterThan(85);
    expect(Math.max(...mean)).toBeLessThan(115);
    expect(Math.max(...intervals[0]!.upper)).toBeLessThan(160);
  }
});
