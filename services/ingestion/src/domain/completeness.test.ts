import { describe, expect, test } from '@jest/globals';
import { completenessPct, gapsOf, HOUR_MS, hoursBefore, MINUTE_MS } from './completeness.ts';

const T0 = Date.UTC(2026, 0, 15, 10);

describe('completenessPct', () => {
  test.each([
    [0, 0, 100],
    [10, 10, 100],
    [10, 12, 100],
    [3, 2, 66.67],
    [1_000_000, 999_999, 99.99],
    [5, 0, 0],
  ])('of %d invoked and %d audited is %d', (invoked, audited, expected) => {
    expect(completenessPct(invoked, audited)).toBe(expected);
  });
});

describe('gapsOf', () => {
  test('names no gap where every minute is as full as it was invoked', () => {
    expect(gapsOf(new Map([[T0, 5]]), new Map([[T0, 5]]))).toEqual([]);
  });

  test('reaches from the minute before to what the longest invocation writes', () => {
    expect(gapsOf(new Map([[T0, 5]]), new Map([[T0, 4]]))).toEqual([{ from: T0 - MINUTE_MS, to: T0 + 17 * MINUTE_MS }]);
  });

  test('joins gaps that meet and keeps those apart that do not', () => {
    const far = T0 + 40 * MINUTE_MS;
    const invoked = new Map([
      [far, 1],
      [T0, 1],
      [T0 + MINUTE_MS, 1],
    ]);
    expect(gapsOf(invoked, new Map())).toEqual([
      { from: T0 - MINUTE_MS, to: T0 + 18 * MINUTE_MS },
      { from: far - MINUTE_MS, to: far + 17 * MINUTE_MS },
    ]);
  });
});

describe('hoursBefore', () => {
  test('lists whole hours that have ended, newest last', () => {
    expect(hoursBefore(T0 + 10 * MINUTE_MS, 2)).toEqual([T0 - 2 * HOUR_MS, T0 - HOUR_MS]);
  });
});
