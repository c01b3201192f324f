import { expect, test } from '@jest/globals';
import { cameBefore } from './with-what-came.ts';

const FIVE_MS = 300_000;
const came = {
  startsAt: 10 * FIVE_MS,
  stepMs: FIVE_MS,
  values: { invocations: [5, 6, 7, 8], concurrency: [1, 1, 2, null], duration: [10, null, 30, 40] },
};
const forecast = { metric: 'invocations', startsAt: 13 * FIVE_MS, stepMs: FIVE_MS };

test('what came is told up to where the forecast begins', () => {
  expect(cameBefore(forecast, came)).toEqual({ x: [10, 11, 12].map((at) => at * FIVE_MS), values: [5, 6, 7] });
  expect(cameBefore({ ...forecast, metric: 'duration' }, came).values).toEqual([10, null, 30]);
});

test('a forecast that begins later than what is known leaves a gap, one that begins before all of it shows nothing', () => {
  expect(cameBefore({ ...forecast, startsAt: 20 * FIVE_MS }, came).values).toEqual([5, 6, 7, 8]);
  expect(cameBefore({ ...forecast, startsAt: 9 * FIVE_MS }, came)).toEqual({ x: [], values: [] });
});

test.each([
  ['a metric that nobody counts', { ...forecast, metric: 'cost' }],
  ['a name of every object', { ...forecast, metric: 'constructor' }],
  ['other steps', { ...forecast, stepMs: 60_000 }],
  ['steps that begin elsewhere', { ...forecast, startsAt: 13 * FIVE_MS + 1 }],
])('of %s nothing is told', (_name, other) => {
  expect(cameBefore(other, came)).toEqual({ x: [], values: [] });
});

test('where nothing came with it, nothing is told', () => {
  expect(cameBefore(forecast, undefined)).toEqual({ x: [], values: [] });
});
