import { expect, test } from '@jest/globals';
import { type LoadState, newLoadState } from '../load/load-state.ts';
import { takeMinutes } from '../load/take-minutes.ts';
import { aLoad, T0 } from '../testing/a-load.ts';
import { lookAtDuration } from './duration-look.ts';

const MINUTE_MS = 60_000;
const NOTICE_MS = 28 * MINUTE_MS;
const LIMIT_MS = 10_000;

/** Minutes by number, each with the slowest call of it; those of no call are silent. */
function loadOf(slowest: ReadonlyMap<number, number>, until: number): LoadState {
  const news = Array.from({ length: until + 1 }, (_, minute) => {
    const maxDurationMs = slowest.get(minute);
    const load =
      maxDurationMs === undefined ? { ...aLoad(1), calls: 0, peak: 0, busyMs: 0 } : { ...aLoad(1), maxDurationMs };
    return { start: T0 + minute * MINUTE_MS, revision: 0, load };
  });
  return takeMinutes(newLoadState(), news, T0 + until * MINUTE_MS);
}
const every = (minutes: number, count: number, slope: number): Map<number, number> =>
  new Map(Array.from({ length: count }, (_, at) => [at * minutes, 1_000 + slope * at * minutes]));
const look = (slowest: ReadonlyMap<number, number>, until = Math.max(...slowest.keys())) =>
  lookAtDuration(loadOf(slowest, until), LIMIT_MS, NOTICE_MS)?.look;

test('a duration that grows by the minute reaches its limit when the line does', () => {
  const seen = look(every(1, 45, 150))!;

  expect(seen.probability).toBeGreaterThan(0.6);
  expect((seen.expectedAt! - (T0 + 45 * MINUTE_MS)) / MINUTE_MS).toBeCloseTo(15, -1);
});

test('every second minute with calls tells the same slope of the clock as every one', () => {
  const [all, half] = [look(every(1, 45, 150))!, look(every(2, 23, 150))!];

  expect(Math.abs(half.expectedAt! - all.expectedAt!)).toBeLessThan(4 * MINUTE_MS);
});

test('a call every ten minutes foretells nothing, however it grows', () => {
  expect(look(every(10, 9, 100))).toMatchObject({ probability: 0, used: 0.9 });
});

test('a minute without calls is no news, and a quarter of an hour of them is the end of it', () => {
  const climb = every(1, 45, 150);

  expect(look(climb, 45)).toBeUndefined();
  expect(look(climb, 44 + 14)).toBeUndefined();
  expect(look(climb, 44 + 15)).toMatchObject({ probability: 0, used: 0 });
});
