import { describe, expect, test } from '@jest/globals';
import { unclosedRanges } from './unclosed-ranges.ts';
import type { ClosedWindow } from './window-record.ts';

const MINUTE_MS = 60_000;
const windowsOf = (invocations: Readonly<Record<number, number>>): ClosedWindow[] =>
  Object.entries(invocations).map(
    ([minute, invocations]) => ({ figures: { start: Number(minute) * MINUTE_MS, invocations } }) as ClosedWindow,
  );
const rangesOf = (untilMinute: number, invocations: Readonly<Record<number, number>>) =>
  unclosedRanges({ from: 0, until: untilMinute * MINUTE_MS }, windowsOf(invocations), 100).map(({ from, until }) => [
    from / MINUTE_MS,
    until / MINUTE_MS,
  ]);

describe('what no closed window covers', () => {
  test.each([
    ['is all where there is none', 3, {}, [[0, 3]]],
    ['is nothing where each minute has one', 3, { 0: 5, 1: 0, 2: 5 }, []],
    ['is the minute that has just begun', 2.5, { 0: 5_000, 1: 5_000 }, [[2, 2.5]]],
    [
      'is apart where much ran in between',
      6,
      { 1: 400, 2: 0, 4: 900 },
      [
        [0, 1],
        [3, 4],
        [5, 6],
      ],
    ],
    ['is one where little ran in between', 6, { 1: 4, 2: 0, 4: 9 }, [[0, 6]]],
    [
      'is one up to where much ran',
      9,
      { 1: 4, 3: 4, 5: 400, 7: 1 },
      [
        [0, 5],
        [6, 9],
      ],
    ],
  ])('%s', (_what, until, invocations, ranges) => {
    expect(rangesOf(until, invocations)).toEqual(ranges);
  });
});
