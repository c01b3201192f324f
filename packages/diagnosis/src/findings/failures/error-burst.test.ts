import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { type FunctionState, newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';

const HEALTHY = 120;

/** Some calls fail with an error, a quarter of an hour later four times as many. */
function told(errorsOf: (minute: number) => number) {
  const windows = Array.from({ length: HEALTHY + 20 }, (_, minute) => {
    const count = errorsOf(minute - HEALTHY);
    const errorTypes =
      count === 0 ? [] : [{ fingerprint: 'f', template: 'no room left', count, exampleRequestId: `r-${minute}` }];
    return aWindow(MONDAY + minute * 60_000, { invocations: 40, errors: count, errorTypes });
  });
  return assessFunction(newFunctionState(), { windows }, CONTEXT).changes.map(
    ({ change, finding }) => `${change}: ${/which is (.*?)\./.exec(finding.explanation)?.[1]}`,
  );
}

test('an error that came with an incident stays new while the incident grows', () => {
  expect(told((minute) => (minute < 0 ? 0 : minute < 15 ? 3 : 12))).toEqual(['opened: new', 'updated: new']);
});

test('an error of hours before is known', () => {
  expect(told((minute) => (minute < 0 ? (minute === -90 ? 1 : 0) : 12))).toEqual(['opened: known from before']);
});

test('of an error with an HTTP status nobody knows whether it is new where all statuses had one name a week ago, and before', () => {
  const windows = (from: number, to: number, errors: number) =>
    Array.from({ length: to - from }, (_, index) =>
      aWindow(MONDAY + (from + index) * 60_000, {
        invocations: 40,
        errors,
        errorTypes:
          errors === 0 ? [] : [{ fingerprint: 'f', template: 'HTTP 503', count: errors, exampleRequestId: 'r' }],
      }),
    );
  const { state } = assessFunction(newFunctionState(), { windows: windows(0, HEALTHY, 0) }, CONTEXT);
  const { statusesSince: _unknown, ...head } = state.head;
  const told = (known: FunctionState) =>
    assessFunction(known, { windows: windows(HEALTHY, HEALTHY + 1, 12) }, CONTEXT).changes[0]!.finding;
  expect(told(state).explanation).toContain('which is new');
  const upgraded = told({ ...state, head });
  expect(upgraded.explanation).toContain('"HTTP 503".');
  expect(upgraded.evidence.map(({ text }) => text)).toContain('12 times "HTTP 503".');
});
