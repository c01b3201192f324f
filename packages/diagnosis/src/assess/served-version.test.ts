import { expect, test } from '@jest/globals';
import { histogramOf } from '../statistics/histogram.ts';
import { MONDAY } from '../testing/run-fault.ts';
import { type Observation, withoutCalls } from '../windows/observation.ts';
import { type Baseline, NEW_BASELINE } from './baseline.ts';
import { learnServed, usualDurations } from './served-version.ts';

const BEFORE = histogramOf([[300, 500]]);

const minuteOf = (version: string, ms: number): Observation => {
  const histogram = histogramOf([[ms, 20]]);
  return { ...withoutCalls(MONDAY), calls: 20, histogram, versions: [{ version, calls: 20, failures: 0, histogram }] };
};

/** After so many minutes of a version, of a function whose calls took 300 ms before. */
function served(ms: number, minutes: number): Baseline {
  let baseline: Baseline = { ...NEW_BASELINE, durations: BEFORE };
  for (let minute = 0; minute < minutes; minute++) {
    const now = learnServed(baseline, minuteOf('2', ms), 1);
    if (now !== undefined) baseline = { ...baseline, served: now };
  }
  return baseline;
}

test('calls of a version that is a quarter faster are measured by its own, an hour after its first ones', () => {
  expect(usualDurations(served(100, 59), minuteOf('2', 280))).toBe(BEFORE);
  expect(usualDurations(served(100, 61), minuteOf('2', 280))).not.toBe(BEFORE);
  expect(usualDurations(served(100, 61), minuteOf('3', 280))).toBe(BEFORE);
  expect(usualDurations(served(290, 61), minuteOf('2', 280))).toBe(BEFORE);
});

test('durations of a version are kept only as long as they may be other than the usual ones', () => {
  expect(served(290, 179).served?.durations).toBeDefined();
  expect(served(290, 181).served).toEqual({ version: '2', minutes: 180 });
  expect(served(100, 1_000).served?.durations).toBeDefined();
  expect(served(100, 1_441).served?.durations).toBeUndefined();
});
