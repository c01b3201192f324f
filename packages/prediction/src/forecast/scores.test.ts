import { expect, test } from '@jest/globals';
import { scoresOf } from './scores.ts';
import { NO_RECORD, notePending, scoreDue, type TrackRecord } from './track-record.ts';

const STEP_MS = 300_000;
const T0 = Date.UTC(2026, 0, 15, 22);
const flat = (value: number): number[] => Array<number>(12).fill(value);

/** Forecasts of a series that is always 10, one every five minutes: the ensemble says 12, the naive way 11, growth 10. */
function record(count: number): TrackRecord {
  let state = NO_RECORD;
  for (let at = 0; at < count; at++) {
    const origin = T0 + at * STEP_MS;
    state = scoreDue(state, (start) => (start < origin ? 10 : undefined));
    const paths = [
      { name: 'naive', mean: flat(11), sd: flat(1) },
      { name: 'ensemble', mean: flat(12), sd: flat(1) },
      { name: 'growth', mean: flat(10), sd: flat(1) },
    ] as const;
    state = notePending(state, paths, { origin, mean: flat(10.5), lower: flat(9), upper: flat(12) });
  }
  return state;
}

test('every forecast is stored until its truth has come, then scored by the day on which it was made', () => {
  const { recent, days } = scoresOf(record(60));

  expect(record(60).pending).toHaveLength(12);
  expect(recent).toMatchObject({ forecasts: 48, wape: expect.closeTo(0.05), naiveWape: expect.closeTo(0.1) });
  expect(days.map(({ day, forecasts }) => [day, forecasts])).toEqual([
    ['2026-01-16', 24],
    ['2026-01-15', 24],
  ]);
  expect(days[0]).toMatchObject({ coverage95Pct: 100, wape: expect.closeTo(0.05) });
});

test('a way that is worse than the naive one is shown as not used', () => {
  const ways = Object.fromEntries(scoresOf(record(60)).ways.map((way) => [way.name, way]));

  expect(ways.ensemble).toMatchObject({ ratioToNaive: expect.closeTo(2), isUsed: false });
  expect(ways.growth).toMatchObject({ ratioToNaive: 0, isUsed: true });
  expect(ways.naive).toMatchObject({ isUsed: true });
});

test('before the first truth there is nothing to show, and a week is kept', () => {
  expect(scoresOf(NO_RECORD)).toEqual({ days: [], ways: [] });
  expect(scoresOf(record(288 * 9)).days).toHaveLength(7);
});
