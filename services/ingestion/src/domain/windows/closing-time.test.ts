import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClosingPolicy } from './closing.ts';
import { closingTime, isClosable } from './closing-time.ts';
import { closingsFor } from './closings-for.ts';
import { expectedMinutes, minuteAfter } from './expected-minutes.ts';
import { WINDOW_MS } from './minute.ts';

const M = Date.UTC(2026, 0, 15, 10);
const policy: ClosingPolicy = { graceMs: 10_000, silenceMs: 3 * WINDOW_MS, maxAgeMs: 24 * 3_600_000 };
const owner = { accountId: '123456789012', region: 'us-east-1', functionName: 'booking' };
const minute = (index: number) => M + index * WINDOW_MS;

describe('closingTime', () => {
  test.each([
    ['early in the minute', M + 5_000, 65],
    ['to the whole second below', M + 5_300, 64],
    ['at the end of the grace', M + 69_900, 1],
    ['late, after the grace once more', M + 70_000, 10],
    ['old, gathered', M + 20 * WINDOW_MS, 60],
    ['far ahead, as late as a queue can', M - 3_000_000, 900],
  ])('is %s', (_name, now, delaySeconds) => {
    expect(closingTime(M, now, policy).delaySeconds).toBe(delaySeconds);
  });

  test('of data in time lies within the second before the grace ends, and never before the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59_999 }), fc.integer({ min: 1, max: 60 }), (into, graceSeconds) => {
        const now = M + into;
        const { delaySeconds, dueAt } = closingTime(M, now, { ...policy, graceMs: graceSeconds * 1000 });
        expect(dueAt).toBe(now + delaySeconds * 1000);
        expect(dueAt).toBeGreaterThanOrEqual(M + WINDOW_MS);
        expect(dueAt).toBeLessThanOrEqual(Math.max(M + WINDOW_MS + graceSeconds * 1000, now + 1000));
      }),
    );
  });
});

describe('isClosable', () => {
  test.each([
    [M + 24 * 3_600_000 + WINDOW_MS, true],
    [M + 24 * 3_600_000 + WINDOW_MS + 1, false],
    [M - 2 * 3_600_000, true],
    [M - 2 * 3_600_000 - 1, false],
  ])('at %i: %s', (now, closable) => {
    expect(isClosable(M, now, policy)).toBe(closable);
  });
});

describe('closingsFor', () => {
  test('puts what is due together into one message, an hour at most', () => {
    const old = Array.from({ length: 61 }, (_, index) => minute(index - 200));
    const { closings, times } = closingsFor(owner, [minute(0), ...old, minute(0)], M + 30_000, policy);

    expect(closings.map(({ closing, delaySeconds }) => [closing.minutes.length, delaySeconds])).toEqual([
      [60, 60],
      [1, 60],
      [1, 40],
    ]);
    expect(times.get(minute(0))).toEqual({ delaySeconds: 40, dueAt: M + 70_000 });
  });
});

describe('expectedMinutes', () => {
  const at = (...indexes: number[]) => indexes.map(minute);

  test('is the closing itself while the next minute runs', () => {
    expect(expectedMinutes({ owner, minutes: at(0) }, new Set(), minute(1) + 10_000, policy)).toEqual(at(0));
  });

  test('reaches into silence that is past already, up to where something else closes', () => {
    expect(expectedMinutes({ owner, minutes: at(0, 7) }, new Set(at(0, 2, 7)), minute(9), policy)).toEqual(
      at(0, 1, 3, 7, 8),
    );
  });

  test('reaches no further than the silence since the function was active', () => {
    const closing = { owner, minutes: at(2), lastActive: minute(0) };
    expect(expectedMinutes(closing, new Set(), minute(60), policy)).toEqual(at(2, 3));
  });
});

describe('minuteAfter', () => {
  test('is the next minute until silence has lasted', () => {
    const none = new Set<number>();
    expect(minuteAfter([minute(2)], minute(0), none, policy)).toBe(minute(3));
    expect(minuteAfter([minute(3)], minute(0), none, policy)).toBeUndefined();
    expect(minuteAfter([minute(2)], minute(0), new Set([minute(3)]), policy)).toBeUndefined();
  });
});
