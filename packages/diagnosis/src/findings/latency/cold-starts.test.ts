import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { seededRandom } from '../../testing/random.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import { sketchOf } from '../../testing/simulate-function.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const CALLS = 120;

interface Minute {
  readonly medianMs: number;
  readonly coldStarts: number;
  readonly maxConcurrency: number;
}

/** Classes that are opened after two hours of calls of some 60 ms, four at a time. */
function opened(seed: number, minutes: readonly Minute[]): string[] {
  const random = seededRandom(seed);
  const healthy = Array.from({ length: 120 }, (): Minute => ({ medianMs: 60, coldStarts: 0, maxConcurrency: 4 }));
  let state = newFunctionState();
  return [...healthy, ...minutes].flatMap(({ medianMs, coldStarts, maxConcurrency }, index) => {
    const durations = Array.from({ length: CALLS }, (): [number, number] => [
      medianMs * Math.exp(0.3 * random.normal()),
      1,
    ]);
    const window = aWindow(T0 + index * 60_000, {
      invocations: CALLS,
      coldStarts,
      maxConcurrency,
      initDurationMs: { sum: coldStarts * 200, max: 200 },
      durationSketch: sketchOf(durations),
    });
    const assessed = assessFunction(state, { windows: [window] }, CONTEXT);
    state = assessed.state;
    return assessed.changes.filter(({ change }) => change === 'opened').map(({ finding }) => finding.class);
  });
}

const SEEDS = [1, 2, 3, 4];

test('environments that slow calls ask for, minute after minute, are part of no finding of their own', () => {
  const slower = [14, 24, 34, 44].map((maxConcurrency) => ({ medianMs: 600, coldStarts: 14, maxConcurrency }));
  for (const seed of SEEDS) expect(opened(seed, slower)).toEqual(['slow-down']);
});

test('environments that are replaced while calls are slow, and no more of them run than before, are a finding of their own', () => {
  const slow = Array.from({ length: 4 }, (): Minute => ({ medianMs: 600, coldStarts: 0, maxConcurrency: 4 }));
  const storm = slow.map((each) => ({ ...each, coldStarts: 30 }));
  for (const seed of SEEDS) expect(opened(seed, [...slow, ...storm])).toEqual(['slow-down', 'cold-starts']);
});
