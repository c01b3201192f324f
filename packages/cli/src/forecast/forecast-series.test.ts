import { expect, test } from '@jest/globals';
import { forecastSeries, usualSeasons } from './forecast-series.ts';

const HOUR_MS = 3_600_000;

test.each([
  ['minutes', 60_000, [1_440, 10_080]],
  ['hours', HOUR_MS, [24, 168]],
  ['half days', 12 * HOUR_MS, [2, 14]],
  ['days', 24 * HOUR_MS, [7]],
  ['weeks', 168 * HOUR_MS, []],
])('of %s the seasons go without saying', (_, stepMs, seasons) => {
  expect(usualSeasons(stepMs)).toEqual(seasons);
});

/** Hours of a load by day, half as large at weekends; a Monday is first. */
const load = (hour: number): number => {
  const isWeekend = Math.floor(hour / 24) % 7 >= 5;
  return (isWeekend ? 50 : 100) + 40 * Math.sin((2 * Math.PI * hour) / 24) + 5 * Math.sin(hour * hour);
};

test('the weekend is foreseen on a Friday evening', () => {
  const until = 24 * 33;
  const hours = Array.from({ length: until }, (_, hour) => load(hour));
  const wape = (seasonLengths: readonly number[]): number => {
    const { mean } = forecastSeries(hours, { horizon: 48, seasonLengths, levels: [] });
    const truth = mean.map((_, step) => load(until + step));
    const off = mean.reduce((sum, point, step) => sum + Math.abs(point - truth[step]!), 0);
    return off / truth.reduce((sum, point) => sum + point, 0);
  };
  expect(wape(usualSeasons(HOUR_MS))).toBeLessThan(0.8 * wape([24]));
});
