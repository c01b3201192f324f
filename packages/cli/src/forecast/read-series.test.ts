import { expect, test } from '@jest/globals';
import { readSeries } from './read-series.ts';

const MINUTE = 60_000;
const rowsAt = (times: readonly number[]): string =>
  ['timestamp,value', ...times.map((time, index) => `${new Date(time).toISOString()},${index}`)].join('\n');
const counted = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('months are one step each, over ten years, and the last one is where the clock stands', () => {
  const months = counted(120).map((month) => Date.UTC(2016, month));

  const { values, clock, irregularSteps } = readSeries(rowsAt(months), 'a.csv');

  expect(values).toEqual(counted(120));
  expect(clock?.last).toBe(months.at(-1));
  expect(irregularSteps).toBeUndefined();
});

test('times that waver lose no line, and what is left out is missing', () => {
  const times = [0, 1.1, 1.9, 3, 6.05, 7].map((minute) => minute * MINUTE);

  expect(readSeries(rowsAt(times), 'a.csv')).toMatchObject({ values: [0, 1, 2, 3, null, null, 4, 5] });
});

test('distances that have no usual length are told', () => {
  const times = counted(40).map((index) => (10 * index + (index % 2) * 4 + (index % 3)) * MINUTE);

  const { values, irregularSteps } = readSeries(rowsAt(times), 'a.csv');

  expect(values.filter((value) => value !== null)).toEqual(counted(40));
  expect(irregularSteps).toBeGreaterThan(10);
});

test('a gap of years is a mistake in a time, and the line is named', () => {
  const text = rowsAt([0, 1, 2].map((minute) => minute * MINUTE).concat(Date.UTC(2026, 0)));

  expect(() => readSeries(text, 'a.csv')).toThrow('a.csv has a gap of more than 1000000 points before line 5.');
});

test.each(['0x10', '0b11', '1e', '12kb'])('%s is no number of a measurement', (cell) => {
  expect(() => readSeries(`1\n${cell}\n2`, 'f.csv')).toThrow(`f.csv line 2: ${cell} is no number.`);
});

test.each(['12', '-3.5', '.5', '7.', '1.5e3', '+2E-4'])('%s is one', (cell) => {
  expect(readSeries(`1\n${cell}\n2`, 'f.csv').values[1]).toBe(Number(cell));
});
