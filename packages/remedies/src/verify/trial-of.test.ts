import { expect, test } from '@jest/globals';
import type { Traffic } from '../remedy-context.ts';
import { trialOf } from './trial-of.ts';

const NORMAL: Traffic = {
  minutes: 30,
  callsPerMinute: 16,
  peakConcurrency: 2,
  p50Ms: 40,
  p95Ms: 100,
  maxMs: 400,
  failureShare: 0.001,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0.02,
  maxMemoryUsedMb: 90,
};

test.each<[string, Partial<Traffic>, Partial<Traffic>, object]>([
  ['the tail rose more', { p50Ms: 60, p95Ms: 900 }, {}, { metric: 'p95-ms', before: 900, target: 150 }],
  ['the middle rose more', { p50Ms: 600, p95Ms: 900 }, { p95Ms: 800 }, { metric: 'p50-ms', before: 600, target: 60 }],
  ['a small rise, half of which has to go', { p95Ms: 140 }, {}, { metric: 'p95-ms', before: 140, target: 120 }],
  ['normal times are not known', { p95Ms: 900 }, { p50Ms: 0, p95Ms: 0 }, { metric: 'p95-ms', target: 675 }],
])('durations, %s', (_, now, before, expected) => {
  expect(trialOf('duration', { ...NORMAL, ...now }, { ...NORMAL, ...before })).toMatchObject(expected);
});

test('durations that nothing is known of before', () => {
  expect(trialOf('duration', NORMAL, undefined)).toMatchObject({ metric: 'p95-ms', before: 100, target: 75 });
});

test('a share may come back to half as much again as is normal', () => {
  expect(trialOf('cold-start-share', { ...NORMAL, coldStartShare: 0.5 }, NORMAL)).toMatchObject({
    before: 0.5,
    target: expect.closeTo(0.03),
  });
});

test('a share that was nothing is good below half a per cent', () => {
  expect(trialOf('timeout-share', { ...NORMAL, timeoutShare: 0.2 }, NORMAL)).toMatchObject({ target: 0.005 });
});

test('what happened to calls before is kept in mind, whatever is measured', () => {
  expect(trialOf('none', { ...NORMAL, failureShare: 0.3 }, NORMAL)).toMatchObject({ failuresBefore: 0.3 });
});
