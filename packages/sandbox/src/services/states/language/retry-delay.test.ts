import { expect, test } from '@jest/globals';
import type { Retrier } from './definition.ts';
import { retryDelayMs } from './retry-delay.ts';
import { matchesError, StateError } from './state-error.ts';

const delays = (retrier: Omit<Retrier, 'ErrorEquals'>, random = 1): readonly (number | undefined)[] =>
  [0, 1, 2, 3, 4].map((attempt) => retryDelayMs({ ErrorEquals: ['x'], ...retrier }, attempt, () => random));

test.each<[Omit<Retrier, 'ErrorEquals'>, readonly (number | undefined)[]]>([
  [{}, [1000, 2000, 4000, undefined, undefined]],
  [{ IntervalSeconds: 3, MaxAttempts: 4, BackoffRate: 1.5 }, [3000, 4500, 6750, 10_125, undefined]],
  [{ MaxAttempts: 5, IntervalSeconds: 3, MaxDelaySeconds: 5 }, [3000, 5000, 5000, 5000, 5000]],
  [{ MaxAttempts: 0 }, [undefined, undefined, undefined, undefined, undefined]],
])('%j', (retrier, expected) => {
  expect(delays(retrier)).toEqual(expected);
});

test('full jitter draws from zero to the delay', () => {
  expect(delays({ JitterStrategy: 'FULL' }, 0.25).slice(0, 3)).toEqual([250, 500, 1000]);
});

test.each<[string, string, boolean]>([
  ['Mine', 'Mine', true],
  ['Mine', 'Other', false],
  ['States.ALL', 'Anything', true],
  ['States.ALL', 'States.Timeout', true],
  ['States.ALL', 'States.Runtime', false],
  ['States.ALL', 'States.DataLimitExceeded', false],
  ['States.Runtime', 'States.Runtime', true],
  ['States.TaskFailed', 'Lambda.Unknown', true],
  ['States.TaskFailed', 'States.Timeout', false],
  ['States.HeartbeatTimeout', 'States.Timeout', false],
])('%s matches %s: %s', (name, error, expected) => {
  expect(matchesError([name], new StateError(error))).toBe(expected);
});

test('a missed heartbeat is found under both of its names', () => {
  const missed = new StateError('States.Timeout', undefined, ['States.HeartbeatTimeout']);
  expect([matchesError(['States.HeartbeatTimeout'], missed), matchesError(['States.Timeout'], missed)]).toEqual([
    true,
    true,
  ]);
});
