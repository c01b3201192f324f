import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { predictLoad } from '../predict-load.ts';
import { newPredictionState } from '../prediction-state.ts';
import { aLoad, T0 } from '../testing/a-load.ts';
import { type LoadState, newLoadState } from './load-state.ts';
import { MINUTE_MS } from './minute-load.ts';
import { fivesOf, hoursOf, minutesOf } from './read-load.ts';
import { type NewMinute, takeMinutes } from './take-minutes.ts';

const HOUR = 60;
const NOW = T0 + 40 * HOUR * MINUTE_MS;

/** Nine hours of minutes with corrections, in blocks of which each is at most two hours late. */
const history = fc
  .array(fc.record({ minute: fc.nat(9 * HOUR), revision: fc.nat(2), late: fc.nat(2 * HOUR) }), {
    minLength: 1,
    maxLength: 200,
  })
  .map((rows) => {
    const distinct = new Map(rows.map((row) => [`${row.minute}/${row.revision}`, row]));
    return [...distinct.values()];
  });
const minuteOf = ({ minute, revision }: { minute: number; revision: number }): NewMinute => ({
  start: T0 + minute * MINUTE_MS,
  revision,
  load: aLoad((minute * 7 + revision * 13) % 50),
});
const take = (news: readonly NewMinute[]): LoadState =>
  news.reduce((state, one) => takeMinutes(state, [one], NOW), newLoadState());

test('late and repeated minutes give the state and the forecasts that minutes in order give', () => {
  fc.assert(
    fc.property(history, (rows) => {
      const inOrder = [...rows].sort((a, b) => a.minute - b.minute || a.revision - b.revision);
      const late = [...rows].sort((a, b) => a.minute + a.late - (b.minute + b.late));
      const expected = take(inOrder.map(minuteOf));
      const seen = take([...late.map(minuteOf), ...late.slice(-5).map(minuteOf)]);

      expect({ ...seen, unusable: 0 }).toEqual({ ...expected, unusable: 0 });
      expect([minutesOf(seen), fivesOf(seen), hoursOf(seen)]).toEqual([
        minutesOf(expected),
        fivesOf(expected),
        hoursOf(expected),
      ]);
    }),
    { numRuns: 100 },
  );
});

test('minutes that were there before change nothing', () => {
  const news = Array.from({ length: 30 }, (_, minute) => minuteOf({ minute, revision: 0 }));
  const context = { now: NOW, limits: [] };
  const once = predictLoad(newPredictionState(), news, context);

  const again = predictLoad(once.state, news, context);

  expect(again).toEqual({ state: once.state, forecasts: [], changes: [] });
  expect(again.state).toBe(once.state);
});

test('the state stays small', () => {
  let state = newLoadState();
  for (let day = 0; day < 60; day++) {
    const news = Array.from({ length: 24 * HOUR }, (_, at) => minuteOf({ minute: day * 24 * HOUR + at, revision: 0 }));
    state = takeMinutes(state, news, T0 + 100 * 24 * HOUR * MINUTE_MS);
  }

  expect(JSON.stringify(state).length).toBeLessThan(150_000);
  expect(hoursOf(state).steps.length).toBeLessThanOrEqual(1_008 + 4);
});
