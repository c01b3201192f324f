import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { type FunctionState, newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { type Random, seededRandom } from '../../testing/random.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import { sketchOf } from '../../testing/simulate-function.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const TIMEOUT_MS = 2_500;
const HEALTHY = 240;

const windowOf = (at: number, random: Random, calls: number, spread: number) => {
  const invocations = random.poisson(calls);
  const durations = Array.from({ length: invocations }, () => 300 * Math.exp(spread * random.normal()));
  const sum = durations.reduce((total, ms) => total + ms, 0);
  return aWindow(T0 + at * 60_000, {
    invocations,
    timeouts: durations.filter((ms) => ms > TIMEOUT_MS).length,
    durationMs: { sum, max: Math.max(0, ...durations) },
    durationSketch: invocations === 0 ? '' : sketchOf(durations.map((ms) => [Math.min(ms, TIMEOUT_MS), 1])),
  });
};

/** The classes of the findings of so many minutes, in their order, and the state after them. */
function assess(before: FunctionState, windows: ReturnType<typeof windowOf>[]) {
  const { state, changes } = assessFunction(before, { windows }, { ...CONTEXT, timeoutMs: TIMEOUT_MS });
  const opened = changes.filter(({ change }) => change === 'opened');
  return { state, classes: opened.map(({ finding }) => finding.class) };
}

/** Lognormal durations about 300 ms: after four hours of health, what is found in the hour after the tail grew, with each seed. */
function found(calls: number, spreads: readonly [healthy: number, bad: number], seeds: number) {
  const random = seededRandom(calls);
  const healthy = Array.from({ length: HEALTHY }, (_, at) => windowOf(at, random, calls, spreads[0]));
  const { state } = assess(newFunctionState(), healthy);
  return Array.from({ length: seeds }, (_, seed) => {
    const own = seededRandom(1_000 * calls + seed);
    const bad = Array.from({ length: 60 }, (_, at) => windowOf(HEALTHY + at, own, calls, spreads[1]));
    return assess(state, bad).classes;
  });
}

test.each([5, 10, 20])(
  'of %d calls a minute a tail that grows to the timeout is told as a risk more often than not',
  (calls) => {
    const told = found(calls, [0.3, 0.75], 8).filter((classes) => classes.includes('timeout-risk'));
    expect(told.length).toBeGreaterThanOrEqual(5);
  },
);

test.each([5, 20])('of %d calls a minute a tail that has always been so long is none', (calls) => {
  expect(found(calls, [0.5, 0.5], 6).flat()).not.toContain('timeout-risk');
});
