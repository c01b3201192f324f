import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { seededRandom } from '../../testing/random.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import { sketchOf } from '../../testing/simulate-function.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const HEALTHY = 120;
const CALLS = 36;

interface Minute {
  readonly medianMs: number;
  readonly coldStarts?: number;
  readonly deploys?: boolean;
  /** 200 where absent. */
  readonly initMs?: number;
  readonly errors?: number;
}

const times = (count: number, how: Minute): Minute[] => Array.from({ length: count }, () => how);

/** Classes that are opened after two hours of calls of some 60 ms, with the first cause of each. */
const opened = (seed: number, minutes: readonly Minute[]): string[] =>
  told(seed, minutes)
    .filter(({ change }) => change === 'opened')
    .map(({ text }) => text);

/** The same with what is told of them later. */
function told(seed: number, minutes: readonly Minute[]) {
  const random = seededRandom(seed);
  let state = newFunctionState();
  const healthy = times(HEALTHY, { medianMs: 60 }).map((how, at) => ({ ...how, coldStarts: at % 10 === 0 ? 1 : 0 }));
  return [...healthy, ...minutes].flatMap(({ medianMs, coldStarts = 0, deploys, initMs = 200, errors = 0 }, index) => {
    const at = T0 + index * 60_000;
    const durations = Array.from({ length: CALLS }, (_, call): [number, number] => [
      medianMs * Math.exp(0.3 * random.normal()) + (call < coldStarts ? 700 : 0),
      1,
    ]);
    const window = aWindow(at, {
      invocations: CALLS,
      errors,
      coldStarts,
      maxConcurrency: 4,
      initDurationMs: { sum: coldStarts * initMs, max: initMs },
      ...(coldStarts > 0 && { initDurationSketch: sketchOf([[initMs, coldStarts]]) }),
      durationSketch: sketchOf(durations),
    });
    const facts = deploys ? [{ kind: 'deploy', id: `d${index}`, at, version: '$LATEST' } as const] : [];
    const assessed = assessFunction(state, { windows: [window], facts }, CONTEXT);
    state = assessed.state;
    return assessed.changes.map(({ change, finding }) => ({
      change,
      at,
      text: `${finding.class} ${finding.causes[0]?.name ?? ''}`.trim(),
    }));
  });
}

const SEEDS = [1, 2, 3, 4, 5, 6];

test('a version whose warm calls are slower from its first minute on is a bad deploy', () => {
  for (const seed of SEEDS) {
    const [first = '', ...more] = opened(seed, [
      { medianMs: 180, coldStarts: 4, deploys: true },
      ...times(5, { medianMs: 180 }),
    ]);
    expect(first).toMatch(/^bad-deploy version \$LATEST of /);
    expect(more).toEqual([]);
  }
});

test('what was slow before a deploy is not slow for it', () => {
  for (const seed of SEEDS) {
    const found = opened(seed, [
      ...times(8, { medianMs: 180 }),
      { medianMs: 180, deploys: true },
      ...times(5, { medianMs: 180 }),
    ]);
    expect(found).toEqual(['slow-down']);
  }
});

test('a storm of changes of which each starts environments is cold starts, and no bad deploy', () => {
  for (const seed of SEEDS) {
    const found = opened(seed, times(5, { medianMs: 60, coldStarts: 12, deploys: true }));
    expect(found).toEqual(['cold-starts']);
  }
});

test('a bad deploy ends when its version is taken back, though calls stay a little slower than before it', () => {
  const bad = { medianMs: 60, errors: 18 };
  const back = { medianMs: 82 };
  for (const seed of SEEDS) {
    const minutes = [{ ...bad, deploys: true }, ...times(2, bad), { ...back, deploys: true }, ...times(20, back)];
    const ofDeploys = told(seed, minutes).filter(({ text }) => text.startsWith('bad-deploy'));
    expect(ofDeploys.map(({ change }) => change).filter((change) => change !== 'updated')).toEqual([
      'opened',
      'resolved',
    ]);
  }
});

test('a release whose environments take long to start is a bad deploy by its init', () => {
  const [released, later] = [
    { medianMs: 60, coldStarts: 4, initMs: 1_800, deploys: true },
    { medianMs: 60, coldStarts: 1, initMs: 1_800 },
  ];
  const found = opened(1, [released, ...times(4, later)]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^bad-deploy version \$LATEST of /);
});

test('only the first environments after a deploy take long to start: their code was not cached yet', () => {
  const released = { medianMs: 60, coldStarts: 4, initMs: 1_800, deploys: true };
  expect(opened(1, [released, ...times(6, { medianMs: 60, coldStarts: 1 })])).toEqual([]);
});
