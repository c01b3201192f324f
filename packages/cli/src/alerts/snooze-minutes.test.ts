import { expect, test } from '@jest/globals';
import { snoozeMinutes } from './snooze-minutes.ts';

/** A local time of this machine's zone. */
const at = (hour: number, minute: number, second = 0) => new Date(2026, 0, 15, hour, minute, second).getTime();

test.each([
  ['90m', 90],
  ['8h', 480],
  ['7d', 10_080],
])('%s is %i minutes', (text, minutes) => {
  expect(snoozeMinutes(text, at(3, 0))).toBe(minutes);
});

test.each([
  ['08:00', at(3, 0), 300],
  ['8:00', at(7, 59, 30), 1],
  ['08:00', at(8, 0), 1_440],
  ['08:00', at(23, 30), 510],
])('until %s is until the next one', (text, now, minutes) => {
  expect(snoozeMinutes(text, now)).toBe(minutes);
});

test.each(['', '0m', '8d', '08:60', '24:00', 'tomorrow', '-1h', '1.5h', '2026-01-16'])(
  '%j is refused with the way out',
  (text) => {
    expect(() => snoozeMinutes(text, at(3, 0))).toThrow(
      expect.objectContaining({ code: 'usage', wayOut: expect.stringContaining('08:00') }),
    );
  },
);
