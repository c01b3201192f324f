import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';
import type { WindowFigures } from '../../windows/window-input.ts';

const CALLS = 1_000;
const HEALTHY = 120;

/** A minute of one version alone, of which so many calls fail. */
const minuteOf = (version: string, errors: number): Partial<WindowFigures> => ({
  invocations: CALLS,
  errors,
  byVersion: [
    {
      version,
      invocations: CALLS,
      failures: errors,
      coldStarts: 0,
      durationMs: { sum: 0, max: 0 },
      durationSketch: '',
    },
  ],
});
const minutes = (count: number, figures: Partial<WindowFigures>) => Array.from({ length: count }, () => figures);

test('a version that still fails is not said to be well, however long that takes', () => {
  const history = [...minutes(HEALTHY, minuteOf('1', 1)), ...minutes(180, minuteOf('2', 10))];
  const windows = history.map((figures, index) => aWindow(MONDAY + index * 60_000, figures));
  const failing = assessFunction(newFunctionState(), { windows }, CONTEXT);
  const back = minutes(30, minuteOf('1', 1)).map((figures, index) =>
    aWindow(MONDAY + (history.length + index) * 60_000, figures),
  );
  const { changes } = assessFunction(failing.state, { windows: back }, CONTEXT);

  expect(failing.changes.map(({ change, finding }) => `${change} ${finding.class}`)).toEqual(['opened bad-deploy']);
  expect(changes.map(({ change, finding }) => `${change} ${finding.class}`)).toEqual(['resolved bad-deploy']);
});

test.each([
  ['of the new version alone', 0, true],
  ['of which the old version may have most', 20, false],
])('errors %s are quoted: %s', (_whose, ofOld, isQuoted) => {
  const one = minuteOf('1', 1).byVersion![0]!;
  const canary: Partial<WindowFigures> = {
    ...minuteOf('1', ofOld + 20),
    byVersion: [
      { ...one, invocations: 900, failures: ofOld },
      { ...one, version: '2', invocations: 100, failures: 20 },
    ],
    errorTypes: [{ fingerprint: 'f', template: 'no such guest', count: 22, exampleRequestId: 'r1' }],
  };
  const windows = [...minutes(HEALTHY, minuteOf('1', 1)), canary, canary].map((figures, index) =>
    aWindow(MONDAY + index * 60_000, figures),
  );
  const { changes } = assessFunction(newFunctionState(), { windows }, CONTEXT);
  const deploy = changes.find(({ finding }) => finding.class === 'bad-deploy')!.finding;

  expect(deploy.causes.map(({ name }) => name)).toEqual(['version 2']);
  expect(deploy.explanation.includes('Most of the errors say')).toBe(isQuoted);
});
