import { expect, test } from '@jest/globals';
import { aWindow } from '../testing/a-window.ts';
import { seededRandom } from '../testing/random.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import { withoutCalls } from '../windows/observation.ts';
import type { AssessedWindow, WindowFigures } from '../windows/window-input.ts';
import { assessFunction, type FindingChange } from './assess-function.ts';
import { NEW_BASELINE } from './baseline.ts';
import { type FailureRuns, LEAST_RUN_SURPRISE, rememberRuns, runSurprise } from './failure-runs.ts';
import { newFunctionState } from './function-state.ts';

const MINUTE_MS = 60_000;
const HEALTHY_CALLS = 48;

/** A function of one call in so many minutes, whose silence is told for half an hour: what is told of these calls, each with the minutes since the first of them. */
function told(everyMinutes: number, calls: readonly Partial<WindowFigures>[]) {
  const windows = [...Array.from({ length: HEALTHY_CALLS }, () => ({})), ...calls].flatMap((call, index) =>
    Array.from({ length: Math.min(everyMinutes, 31) }, (_, minute): AssessedWindow => {
      const at = MONDAY + (index * everyMinutes + minute) * MINUTE_MS;
      return aWindow(at, minute === 0 ? { invocations: 1, ...call } : { invocations: 0 });
    }),
  );
  let state = newFunctionState();
  return windows.flatMap((window) => {
    const assessed = assessFunction(state, { windows: [window] }, CONTEXT);
    state = assessed.state;
    const at = 'missing' in window ? window.missing.start : window.figures.start;
    return assessed.changes.map((change) => ({ ...change, call: callAt(at, everyMinutes) }));
  });
}

const callAt = (at: number, everyMinutes: number): number =>
  Math.floor((at - MONDAY) / MINUTE_MS / everyMinutes) - HEALTHY_CALLS + 1;
const shortly = (changes: readonly (FindingChange & { readonly call: number })[]) =>
  changes.map(({ change, finding, call }) => `${change} ${finding.class} at call ${call}`);

const failed = { errors: 1 };
const timedOut = { timeouts: 1 };
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test.each([
  ['minute', 1],
  ['five minutes', 5],
  ['hour', 60],
  ['day', 1_440],
])('a function of one call a %s that fails each time is told at its third failure', (_name, everyMinutes) => {
  const [opened] = told(everyMinutes, times(4, failed));

  expect(shortly(opened === undefined ? [] : [opened])).toEqual(['opened error-burst at call 3']);
  expect(opened?.finding).toMatchObject({ severity: 'critical' });
  expect(opened?.finding.explanation).toContain('usual: 0 %). The last 3 requests all failed, the first of them on 20');
});

test('a function that is called once an hour has one finding from its third failure to its next call that ends well', () => {
  expect(shortly(told(60, [...times(9, failed), {}, {}]))).toEqual([
    'opened error-burst at call 3',
    'resolved error-burst at call 10',
  ]);
});

test.each([
  ['by turns', [failed, timedOut, failed, timedOut, failed, timedOut, failed, timedOut]],
  ['first in one way, then in another', [failed, failed, failed, timedOut, timedOut, timedOut, timedOut, timedOut]],
])('a function whose every call fails, %s, has one finding until a call ends well', (_name, calls) => {
  const changes = told(60, [...calls, {}, {}]);

  expect(shortly(changes)).toEqual(['opened error-burst at call 3', 'resolved error-burst at call 9']);
});

test('what fails in two ways is told with both', () => {
  const [opened] = told(60, [failed, timedOut, failed]);

  expect(opened?.finding.explanation).toContain('The last 3 requests all failed (2 failed), the first of them on 20');
});

test('a new function that fails from its first call on is told at its third', () => {
  const windows = times(4, failed).map((call, at) => aWindow(MONDAY + at * MINUTE_MS, { invocations: 1, ...call }));
  const opened = windows.map((_, at) =>
    assessFunction(newFunctionState(), { windows: windows.slice(0, at + 1) }, CONTEXT).changes.map(
      ({ finding }) => finding.class,
    ),
  );

  expect(opened.slice(0, 3)).toEqual([[], [], ['error-burst']]);
});

test('a call that ends well between them makes a new run', () => {
  expect(told(60, [failed, failed, {}, failed, failed, {}, failed, failed])).toEqual([]);
});

test('three tries of one request are one failure', () => {
  const tried = (requestId: string) => ({
    errors: 1,
    exampleRequestIds: { slowest: [requestId], timeouts: [], outOfMemory: [] },
  });
  const tries = (requestIds: readonly string[]): FailureRuns =>
    requestIds.reduce<FailureRuns>((runs, id, index) => {
      const { exampleRequestIds, errors } = tried(id);
      const seen = { ...withoutCalls(index * MINUTE_MS), calls: 1, errors, slowest: exampleRequestIds.slowest };
      return rememberRuns(runs, seen, NEW_BASELINE);
    }, {});

  expect(tries(['a', 'a', 'a']).errors?.requests).toBe(1);
  expect(tries(['a', 'a', 'b', 'a', 'b', 'c']).errors?.requests).toBe(3);
  expect(shortly(told(60, ['a', 'b', 'c'].map(tried)))).toEqual(['opened error-burst at call 3']);
});

test.each([0.002, 0.02, 0.1, 0.3, 0.5])('of %d failures a call no run is told by chance', (share) => {
  const random = seededRandom(5);
  const failures = { ...NEW_BASELINE.failures, errors: [720 * share, 720] as const };
  let runs: FailureRuns = {};
  let most = 0;
  for (let index = 0; index < 100_000; index++) {
    const seen = { ...withoutCalls(index * MINUTE_MS), calls: 1, errors: random.next() < share ? 1 : 0 };
    runs = rememberRuns(runs, seen, { ...NEW_BASELINE, failures });
    most = Math.max(most, runs.errors === undefined ? 0 : runSurprise(runs.errors, 0.002));
  }
  expect(most).toBeLessThan(LEAST_RUN_SURPRISE);
});

test('a busy function that fails and is called no more has ended in silence, and that is said', () => {
  const changes = told(1, [...times(3, failed), ...times(31, { invocations: 0 })]);

  expect(shortly(changes)).toEqual(['opened error-burst at call 3', 'resolved error-burst at call 33']);
  expect(changes[1]?.finding.explanation).toMatch(
    /No call has come since: whether it works again is not known; the last bad minute was .* UTC\.$/,
  );
});
