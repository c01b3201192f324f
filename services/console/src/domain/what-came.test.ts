import { expect, test } from '@jest/globals';
import { type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { whatCame } from './what-came.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.UTC(2026, 0, 15, 3);
const at = (minute: number, figures: Partial<FunctionWindow>): FunctionWindow => ({
  ...WindowsClosed.example.windows[0]!.figures,
  start: START + minute * MINUTE_MS,
  ...figures,
});

test('minutes come by five: calls summed, the most at once, the mean of what a call took with its initialisation', () => {
  const windows = [
    at(0, { invocations: 10, maxConcurrency: 2, durationMs: { sum: 1_000, max: 200 } }),
    at(4, {
      invocations: 30,
      maxConcurrency: 7,
      durationMs: { sum: 2_600, max: 200 },
      initDurationMs: { sum: 400, max: 400 },
    }),
    at(10, { invocations: 1, durationMs: { sum: 50, max: 50 } }),
  ];
  expect(whatCame(windows, { since: START, until: START + 15 * MINUTE_MS })).toEqual({
    startsAt: START,
    stepMs: 5 * MINUTE_MS,
    values: { invocations: [40, 0, 1], concurrency: [7, 0, null], duration: [100, null, 50] },
  });
});

test('steps that are begun before the look or not over by its end are left out', () => {
  const every = Array.from({ length: 18 }, (_, minute) => at(minute, { invocations: 1 }));
  const { startsAt, values } = whatCame(every, { since: START + 2 * MINUTE_MS, until: START + 17.5 * MINUTE_MS });
  expect(startsAt).toBe(START + 5 * MINUTE_MS);
  expect(values.invocations).toEqual([5, 5]);
});

test('of a day the last three hours are told', () => {
  const { startsAt, values } = whatCame([], { since: START - 24 * HOUR_MS, until: START });
  expect(startsAt).toBe(START - 3 * HOUR_MS);
  expect(values.invocations).toEqual(new Array(36).fill(0));
});
