import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
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
