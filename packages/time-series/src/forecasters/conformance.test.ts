import { describe, expect, test } from '@jest/globals';
import type { Series } from './forecaster.ts';
import { FORECASTERS } from './forecasters.ts';
import { prepareSeries, showsSeason } from './prepared-series.ts';

const season = Array.from({ length: 96 }, (_, hour) => 100 + 40 * Math.sin((2 * Math.PI * hour) / 12) + (hour % 7));
const HARD: readonly (readonly [string, Series])[] = [
  ['a season', season],
  ['two points', [3, 5]],
  ['a constant', Array<number>(60).fill(7)],
  ['zeros', Array<number>(60).fill(0)],
  ['a long silence, then a flood', [...Array<number>(400).fill(0), 5_000, 9_000, 20_000]],
  ['a level shift', [...season, ...season.map((value) => value + 10_000)]],
  ['an outlier', season.with(50, 1e9)],
  ['missing points', season.map((value, hour) => (hour % 5 === 0 || hour > 90 ? null : value))],
  ['values of 1e97', season.map((value) => value * 1e97)],
  ['values of 1e-97', season.map((value) => value * 1e-97)],
  ['sparse demand', Array.from({ length: 200 }, (_, at) => (at % 9 === 0 ? 1 + (at % 4) : 0))],
  ['half of a season', season.slice(0, 5)],
];
const OPTIONS = { seasonLengths: [12, 84], horizon: 12 };

describe.each(FORECASTERS)('$name', (forecaster) => {
  test.each(HARD)('forecasts numbers with nested intervals for %s', (_, series) => {
    const { mean, intervals } = forecaster.predict(forecaster.fit(series, OPTIONS), 30, [50, 80, 99]);

    expect(mean).toHaveLength(30);
    expect(intervals.map(({ level }) => level)).toEqual([50, 80, 99]);
    const [narrow, middle, wide] = intervals;
    for (let step = 0; step < 30; step++) {
      const bounds = [wide, middle, narrow].map((each) => each!.lower[step]!);
      const ascending = [...bounds, mean[step]!, ...[narrow, middle, wide].map((each) => each!.upper[step]!)];
      expect(ascending.every(Number.isFinite)).toBe(true);
      expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    }
  });

  test('knows of one point only where it lies', () => {
    const { mean, intervals } = forecaster.predict(forecaster.fit([3], { ...OPTIONS, isCount: true }), 2, [80]);

    expect(mean.every(Number.isFinite)).toBe(true);
    expect(intervals).toEqual([{ level: 80, lower: [0, 0], upper: [Infinity, Infinity] }]);
  });

  test.each(HARD)('says the same after its model was written as JSON, for %s', (_, series) => {
    const model = forecaster.fit(series, OPTIONS);

    const read = JSON.parse(JSON.stringify(model)) as typeof model;

    expect(forecaster.predict(read, 20, [95])).toEqual(forecaster.predict(model, 20, [95]));
  });

  test('takes in a point, or a missing one, without changing the model it was given', () => {
    const model = forecaster.fit(season, OPTIONS);
    const before = JSON.stringify(model);

    const later = forecaster.update(forecaster.update(model, 120), null);

    expect(JSON.stringify(model)).toBe(before);
    expect(JSON.stringify(later)).not.toBe(before);
    expect(forecaster.predict(later, 5, []).mean.every(Number.isFinite)).toBe(true);
  });

  test('keeps the size of its model when points are added', () => {
    let model = forecaster.fit(season, OPTIONS);
    const before = JSON.stringify(model).length;

    for (let at = 0; at < 500; at++) model = forecaster.update(model, season[at % 96]!);

    expect(JSON.stringify(model).length).toBeLessThan(1.5 * before + 500);
  });

  test('forecasts nothing for a horizon of 0', () => {
    const forecast = forecaster.predict(forecaster.fit(season, OPTIONS), 0, [95]);

    expect(forecast).toEqual({ mean: [], intervals: [{ level: 95, lower: [], upper: [] }] });
  });

  test('forecasts no count below 0', () => {
    const falling = Array.from({ length: 60 }, (_, at) => Math.max(0, 118 - 2 * at));

    const model = forecaster.fit(falling, { ...OPTIONS, isCount: true });
    const { mean, intervals } = forecaster.predict(model, 40, [95]);

    expect(Math.min(...mean, ...intervals[0]!.lower)).toBeGreaterThanOrEqual(0);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['an empty series', () => forecaster.fit([], OPTIONS), /^fit requires at least 1 value$/],
    ['a series of missing points', () => forecaster.fit([null, null], OPTIONS), /^fit requires at least 1 value$/],
    ['NaN', () => forecaster.fit([1, Number.NaN], OPTIONS), /^a series requires finite values, got NaN at index 1$/],
    [
      'a negative count',
      () => forecaster.fit([1, -2], { ...OPTIONS, isCount: true }),
      /at least 0, got -2 at index 1$/,
    ],
    ['a season of 1.5', () => forecaster.fit(season, { seasonLengths: [1.5] }), /^a season length .* got 1.5$/],
    ['a horizon of -1', () => forecaster.predict(forecaster.fit(season, OPTIONS), -1, []), /^a horizon .* got -1$/],
    ['a level of 100', () => forecaster.predict(forecaster.fit(season, OPTIONS), 1, [100]), /^a level .* got 100$/],
    ['an infinite update', () => forecaster.update(forecaster.fit(season, OPTIONS), 1 / 0), /got Infinity$/],
  ])('refuses %s in one line', (_, use, message) => {
    expect(use).toThrow(RangeError);
    expect(use).toThrow(message);
  });
});

test.each([
  [2, 4],
  [3, 8],
  [24, 71],
])('a season of %i is taken in from %i points on, whatever the horizon', (seasonLength, least) => {
  for (const count of [least - 1, least, least + 1, 1_000]) {
    const series = [null, ...Array<number>(count).fill(1)];
    for (const horizon of [1, 12, 500]) {
      const { seasonLengths } = prepareSeries(series, { seasonLengths: [seasonLength], horizon });
      expect(seasonLengths).toEqual(count < least ? [] : [seasonLength]);
    }
    expect(showsSeason(series, seasonLength)).toBe(count >= least);
  }
});
