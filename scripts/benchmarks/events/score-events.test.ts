import { describe, expect, test } from '@jest/globals';
import { bestF1, type ScoredSeries, scoreEvents, sizeOf } from './score-events.ts';

const MINUTE_MS = 60_000;

/** Two hundred minutes, the first thirty of them warm-up, with an incident of twenty; alarms in the rows named. */
function seriesWith(...alarms: readonly number[]): ScoredSeries {
  const rows = [...Array(200).keys()];
  const scores = new Float64Array(200);
  for (const row of alarms) scores[row] = 1;
  return {
    times: rows.map((row) => row * MINUTE_MS),
    values: rows,
    isIncident: rows.map((row) => row >= 100 && row < 120),
    scores,
  };
}
const score = (...alarms: readonly number[]) => scoreEvents([seriesWith(...alarms)], 0.5);
const DAYS = 170 / 1440;

describe('events', () => {
  test('an incident is caught by an alarm in its first eight rows, and told by its delay', () => {
    expect(score(107)).toEqual({ f1: 1, falsePerDay: 0, medianDelayMinutes: 7 });
    expect(score(108)).toEqual({ f1: 0, falsePerDay: 0, medianDelayMinutes: null });
  });

  test('alarms in warm-up, during an incident and seven rows behind it are no false ones', () => {
    expect(score(10, 100, 115, 126).falsePerDay).toBe(0);
    expect(score(100, 127)).toMatchObject({ f1: 2 / 3, falsePerDay: 1 / DAYS });
  });

  test('alarms in a row are one false alarm, every eight rows', () => {
    expect(score(50, 51, 57).falsePerDay).toBeCloseTo(1 / DAYS, 9);
    expect(score(50, 51, 58).falsePerDay).toBeCloseTo(2 / DAYS, 9);
  });

  test('in hourly series it has three rows', () => {
    const hourly = (row: number) => {
      const { times, ...series } = seriesWith(row);
      return scoreEvents([{ ...series, times: times.map((time) => time * 60) }], 0.5).f1;
    };
    expect([hourly(102), hourly(103)]).toEqual([1, 0]);
  });

  test('the best threshold is one for all series', () => {
    const [low, noisy] = [seriesWith(), seriesWith(50, 101)];
    low.scores[100] = 0.4;
    noisy.scores[50] = 0.3;
    expect(bestF1([low, noisy])).toBe(1);
    noisy.scores[50] = 0.6;
    expect(bestF1([low, noisy])).toBe(0.8);
  });

  test('an incident that reaches to the end is one; what lies in warm-up is not counted', () => {
    const { isIncident, ...series } = seriesWith();
    const labels = isIncident.map((_, row) => row >= 190 || row < 5);
    expect(sizeOf([{ ...series, isIncident: labels }])).toEqual({ incidents: 1, days: DAYS });
  });
});
