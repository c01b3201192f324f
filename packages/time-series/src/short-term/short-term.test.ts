import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ensemble } from '../forecasters/ensemble.ts';
import type { FinePoint } from './fine-point.ts';
import { shortTerm } from './short-term.ts';

const OPTIONS = { seasonLengths: [24], horizon: 3, isCount: true } as const;

/** A drift that no season explains, whose parts move within the point: the newest part is half a point ahead. */
function drifting(count: number): FinePoint[] {
  let level = 1_000;
  let pace = 0;
  return Array.from({ length: count }, (_, at) => {
    pace = 0.9 * pace + 40 * Math.sin(at * at * 0.7);
    level = Math.max(100, level + pace);
    return { value: level, latest: level + pace / 2 };
  });
}

const wholeOnly = (points: readonly FinePoint[]): FinePoint[] => points.map(({ value }) => ({ value, latest: value }));

/** Mean absolute error one step ahead over the last points, followed without a new fit. */
function followed(points: readonly FinePoint[], from: number): number {
  let model = shortTerm.fit(points.slice(0, from), OPTIONS);
  let error = 0;
  for (const point of points.slice(from)) {
    error += Math.abs(shortTerm.predict(model, 1, []).mean[0]! - point.value);
    model = shortTerm.update(model, point);
  }
  return error / (points.length - from);
}

test('the newest part of the last point makes the next one better known', () => {
  const points = drifting(300);

  expect(followed(points, 220)).toBeLessThan(0.8 * followed(wholeOnly(points), 220));
});

test('who was right lately is followed: a season that ends is given up without a new fit', () => {
  const waves = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => 500 + 400 * Math.sin((2 * Math.PI * (from + at)) / 24));
  const flat = Array.from({ length: 72 }, () => 500);
  const points = wholeOnly([...waves(240), ...flat].map((value) => ({ value, latest: value })));
  let model = shortTerm.fit(points.slice(0, 240), OPTIONS);
  for (const point of points.slice(240)) model = shortTerm.update(model, point);

  for (const point of shortTerm.predict(model, 3, []).mean) expect(Math.abs(point - 500)).toBeLessThan(40);
});

/** Around each of the levels, a tenth more or less; what the newest part says is as noisy. */
function around(levels: readonly number[], seed = 7): FinePoint[] {
  let state = seed;
  const share = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return 0.9 + (0.2 * state) / 2 ** 32;
  };
  return levels.map((level) => ({ value: level * share(), latest: level * share() }));
}
const times = (count: number, level: number): number[] => Array<number>(count).fill(level);
/** Three days of five minutes, and the hour after them. */
const DAY = 288;
const HOUR = { seasonLengths: [DAY], horizon: 12, isCount: true } as const;

describe('a level that nobody foresaw is forecast at the far steps as at the near ones', () => {
  const nextHour = (levels: readonly number[]) => shortTerm.predict(shortTerm.fit(around(levels), HOUR), 12, [95]);

  test.each([2, 4, 8, 12])('a rise to fifty times the traffic, %d points ago', (ago) => {
    const { mean, intervals } = nextHour([...times(3 * DAY - ago, 100), ...times(ago, 5_000)]);

    for (const [step, point] of mean.entries()) {
      expect(Math.abs(point - 5_000)).toBeLessThan(600);
      expect(intervals[0]!.lower[step]).toBeLessThan(5_000);
      expect(intervals[0]!.upper[step]).toBeGreaterThan(5_000);
      expect(intervals[0]!.upper[step]).toBeLessThan(12_000);
    }
  });

  test.each([4, 8, 12])('a rise to three times the traffic, %d points ago', (ago) => {
    for (const point of nextHour([...times(3 * DAY - ago, 100), ...times(ago, 300)]).mean)
      expect(Math.abs(point - 300)).toBeLessThan(45);
  });

  test.each([
    [4, 700],
    [8, 250],
    [12, 150],
  ])('a fall to a fiftieth, %d points ago, is an hour of less than %d', (ago, most) => {
    const { mean } = nextHour([...times(3 * DAY - ago, 5_000), ...times(ago, 100)]);

    expect(mean.reduce((sum, point) => sum + point / 12, 0)).toBeLessThan(most);
  });

  test.each([
    [4, 700],
    [8, 150],
    [12, 250],
  ])('the end of an outage of three quarters of an hour, %d points ago, within %d', (ago, most) => {
    const { mean } = nextHour([...times(3 * DAY - 9 - ago, 1_000), ...times(9, 0), ...times(ago, 1_000)]);

    for (const point of mean) expect(Math.abs(point - 1_000)).toBeLessThan(most);
  });
});

test.each([580, 640, 750])('of %d points, what was tried without a season does not speak with one', (count) => {
  const points = around([...times(count - 270, 100), ...times(270, 1_000)]);

  for (const point of shortTerm.predict(shortTerm.fit(points, HOUR), 12, []).mean)
    expect(Math.abs(point - 1_000)).toBeLessThan(90);
});

test('of a series that repeats itself the next season is known exactly', () => {
  const points = Array.from({ length: 240 }, (_, at) => ({ value: (at % 24) ** 2, latest: (at % 24) ** 2 + 3 }));

  expect(shortTerm.predict(shortTerm.fit(points, OPTIONS), 3, []).mean).toEqual([0, 1, 4]);
});

test('a series that is too short to try anything on is forecast as by whole points', () => {
  const points = drifting(10);
  const whole = ensemble.fit(
    points.map(({ value }) => value),
    OPTIONS,
  );

  expect(shortTerm.predict(shortTerm.fit(points, OPTIONS), 3, []).mean).toEqual(ensemble.predict(whole, 3, []).mean);
});

test('a model is plain JSON, and an update leaves the old one as it was', () => {
  const model = shortTerm.fit(drifting(200), OPTIONS);
  const before = JSON.stringify(model);
  const next = shortTerm.update(model, { value: 900, latest: 950 });

  expect(JSON.stringify(model)).toBe(before);
  expect(shortTerm.predict(JSON.parse(JSON.stringify(next)), 3, [95])).toEqual(shortTerm.predict(next, 3, [95]));
});

test('a missing point is taken to be as expected', () => {
  const model = shortTerm.fit(drifting(200), OPTIONS);
  const [expected] = shortTerm.predict(model, 1, []).mean;

  expect(shortTerm.update(model, null)).toEqual(shortTerm.update(model, { value: expected!, latest: expected! }));
  const gappy = drifting(200).map((point, at) => (at % 7 === 3 ? null : point));
  expect(shortTerm.predict(shortTerm.fit(gappy, OPTIONS), 3, []).mean.every(Number.isFinite)).toBe(true);
});

describe('hostile input', () => {
  const model = shortTerm.fit(drifting(60), OPTIONS);

  test.each([
    ['no point', () => shortTerm.fit([], OPTIONS), 'at least 1 value'],
    ['NaN', () => shortTerm.fit([{ value: Number.NaN, latest: 1 }], OPTIONS), 'finite'],
    ['an infinite part', () => shortTerm.fit([{ value: 1, latest: Number.POSITIVE_INFINITY }], OPTIONS), 'finite'],
    ['a negative count', () => shortTerm.update(model, { value: -1, latest: 0 }), 'at least 0'],
    ['a horizon of half a step', () => shortTerm.predict(model, 0.5, []), 'whole number'],
    ['a level of 100 %', () => shortTerm.predict(model, 1, [100]), 'between 0 and 100'],
  ])('%s is an error of one line', (_, use, reason) => {
    expect(use).toThrow(RangeError);
    expect(use).toThrow(reason);
  });

  test('a horizon of 0 is no forecast, a long one is finite', () => {
    expect(shortTerm.predict(model, 0, [95]).mean).toEqual([]);
    const long = shortTerm.predict(model, 100, [95]);
    expect(long.mean).toHaveLength(100);
    expect([...long.mean, ...long.intervals[0]!.upper].every(Number.isFinite)).toBe(true);
  });

  test('whatever the counts are, forecasts are finite and not below 0', () => {
    const point = fc.record({ value: fc.nat({ max: 1_000_000 }), latest: fc.nat({ max: 1_000_000 }) });
    const series = fc.array(fc.option(point, { freq: 8 }), { minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(
        series,
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 15 }),
        (points, season, horizon) => {
          fc.pre(points.some((one) => one !== null));
          const fitted = shortTerm.fit(points, { seasonLengths: [season], horizon, isCount: true });
          const { mean, intervals } = shortTerm.predict(shortTerm.update(fitted, null), horizon, [95]);
          for (const [step, value] of mean.entries()) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(Number.isFinite(value)).toBe(true);
            expect(intervals[0]!.lower[step]!).toBeLessThanOrEqual(value);
            expect(intervals[0]!.upper[step]!).toBeGreaterThanOrEqual(value);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
