import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';
import { type Behaviour, simulateFunction } from '../../testing/simulate-function.ts';

const DAY_MS = 86_400_000;
/** Hours of a day that are looked at. */
const MORNING = [8, 12] as const;
const UNTIL_NOON = [7, 14] as const;
const traffic = { callsPerMinute: 20, dailyAmplitude: 0.2, weekendFactor: 1, noise: 0.1, burstFactor: 1 };

/** Whatever a call costs more is worth a finding. */
const context = { ...CONTEXT, materialUsdPerDay: 0.001 };

type Day = (day: number, hour: number) => Partial<Behaviour>;

/** What is told at some hours of so many days from a Monday on, by day and hour, of a function that behaves so. */
function told(days: number, [from, until]: readonly [number, number], behaves: Day, callsPerMinute = 20): string[] {
  let state = newFunctionState();
  return Array.from({ length: days }, (_, day) => {
    const start = MONDAY + day * DAY_MS + from * 3_600_000;
    const fault = (behaviour: Behaviour, minute: number) =>
      Object.assign(behaviour, { spread: 0.3, ...behaves(day, from + minute / 60) });
    const windows = [
      ...simulateFunction({
        seed: 7 + day,
        start,
        minutes: (until - from) * 60,
        traffic: { ...traffic, callsPerMinute },
        fault,
      }),
    ];
    return windows.flatMap((window, minute) => {
      const assessed = assessFunction(state, { windows: [window] }, context);
      state = assessed.state;
      return assessed.changes
        .filter(({ change }) => change === 'opened')
        .map(({ finding }) => `${finding.class} on day ${day} at ${from + Math.floor(minute / 60)}`);
    });
  }).flat();
}

const between = (hour: number, from: number, until: number, slowMs: number): Partial<Behaviour> => ({
  medianMs: hour >= from && hour < until ? slowMs : 60,
});

test.each([
  ['twice as long from 9 to 11', 11, 132],
  ['four times as long from 9 to 10', 10, 240],
])(
  'calls that take %s each day are slow on two days, and then that is usual, after a weekend too',
  (_name, until, slowMs) => {
    expect(told(8, MORNING, (day, hour) => between(hour, 9, day % 7 < 5 ? until : 9, slowMs))).toEqual([
      'slow-down on day 0 at 9',
      'slow-down on day 1 at 9',
    ]);
  },
);

test('of one call a minute too', () => {
  const byDay: Day = (_day, hour) => ({ medianMs: hour >= 8 && hour < 22 ? 150 : 75 });

  expect(told(5, [0, 24], byDay, 1).map((each) => each.slice(0, 18))).toEqual([
    'slow-down on day 0',
    'slow-down on day 1',
  ]);
});

test('two faults at the same hour leave the hours beside it as they were, and a week later that hour too', () => {
  const faults: Day = (day, hour) =>
    day === 7 ? between(hour, 8.5, 12, 150) : between(hour, 10, day < 2 ? 10.5 : 10, 400);
  const beside: Day = (day, hour) => (day === 2 ? between(hour, 9.25, 9.75, 150) : faults(day, hour));

  expect(told(3, UNTIL_NOON, beside).at(-1)).toBe('slow-down on day 2 at 9');
  expect(told(8, [10, 12], faults).at(-1)).toBe('slow-down on day 7 at 10');
});

test('what is slow beyond what each day brings is told at that hour too', () => {
  const twice: Day = (day, hour) => between(hour, 9, 13, day === 3 && hour >= 10 ? 264 : 132);
  expect(told(4, UNTIL_NOON, twice).at(-1)).toBe('slow-down on day 3 at 10');
});

test('a fault of yesterday does not hide the one of today at the same hour', () => {
  expect(told(5, MORNING, (day, hour) => between(hour, 10, day >= 3 ? 11 : 10, 180))).toEqual([
    'slow-down on day 3 at 10',
    'slow-down on day 4 at 10',
  ]);
});

test('a release in the fast hours makes no slow hour of the usual one, and one that made the function faster does not hide that it is slow', () => {
  const released =
    (faster: number): Day =>
    (day, hour) => {
      const { medianMs = 60 } = between(hour, 10, 13, 132);
      const isNew = day > 3 || (day === 3 && hour >= 7.5);
      return isNew ? { version: '8', medianMs: medianMs / (day === 4 && hour >= 8 ? 1 : faster) } : { medianMs };
    };

  expect(told(4, UNTIL_NOON, released(1))).toEqual(['slow-down on day 0 at 10', 'slow-down on day 1 at 10']);
  expect(told(5, UNTIL_NOON, released(3))).toEqual([
    'slow-down on day 0 at 10',
    'slow-down on day 1 at 10',
    'slow-down on day 4 at 8',
  ]);
});
