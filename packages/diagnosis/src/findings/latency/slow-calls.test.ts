import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { type Random, seededRandom } from '../../testing/random.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import { sketchOf } from '../../testing/simulate-function.ts';
import type { Fact } from '../../windows/fact.ts';
import type { AssessedWindow } from '../../windows/window-input.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const HEALTHY = 120;
const minute = (index: number): number => T0 + index * 60_000;

interface Minute {
  readonly calls: number;
  /** 60 where absent. */
  readonly medianMs?: number;
  /** How far the minute's median strays, as a logarithm. */
  readonly restlessness?: number;
  /** Share of the calls that take `slowMs` longer. */
  readonly slowShare?: number;
  readonly slowMs?: number;
  /** Share that starts an environment, and takes `coldMs` longer for it. */
  readonly coldShare?: number;
  readonly coldMs?: number;
}

/** A minute of calls. */
function minuteOf(at: number, random: Random, how: Minute): AssessedWindow {
  const { medianMs = 60, restlessness = 0, slowShare = 0, slowMs = 1_500, coldShare = 0.01, coldMs = 500 } = how;
  const calls = random.poisson(how.calls);
  const strayed = restlessness === 0 ? medianMs : medianMs * Math.exp(restlessness * random.normal());
  const cold = Array.from({ length: calls }, () => random.next() < coldShare);
  const durations = cold.map((isCold): [number, number] => [
    strayed * Math.exp(0.4 * random.normal()) + (isCold ? coldMs : 0) + (random.next() < slowShare ? slowMs : 0),
    1,
  ]);
  const coldStarts = cold.filter(Boolean).length;
  return aWindow(minute(at), {
    invocations: calls,
    coldStarts,
    initDurationMs: { sum: coldStarts * 300, max: 300 },
    durationSketch: sketchOf(durations),
  });
}

/** Titles of what is found after two hours of health, and the minute of each, 1 is the first bad one. */
function found(seed: number, healthy: Minute, bad: readonly Minute[], facts: readonly Fact[] = []) {
  return told(seed, healthy, bad, facts).filter(({ change }) => change === 'opened');
}

/** The same, with what is told of it later. */
function told(seed: number, healthy: Minute, bad: readonly Minute[], facts: readonly Fact[] = []) {
  const random = seededRandom(seed);
  const windows = [
    ...Array.from({ length: HEALTHY }, (_, at) => minuteOf(at, random, healthy)),
    ...bad.map((how, at) => minuteOf(HEALTHY + at, random, how)),
  ];
  let state = newFunctionState();
  return windows.flatMap((window, at) => {
    const now = at === HEALTHY ? facts : [];
    const assessed = assessFunction(state, { windows: [window], facts: now }, CONTEXT);
    state = assessed.state;
    return assessed.changes.map(({ change, finding }) => ({
      change,
      class: finding.class,
      window: at - HEALTHY + 1,
      finding,
    }));
  });
}

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const times = (count: number, how: Minute): Minute[] => Array.from({ length: count }, () => how);

test.each([
  [0.5, 10],
  [0.3, 6],
])(
  'of 13 calls a minute a share of %d waits for 1.5 s: found once, in %d of 12 runs within two windows',
  (slowShare, early) => {
    const runs = SEEDS.map((seed) => found(seed, { calls: 13 }, times(6, { calls: 13, slowShare })));
    expect(runs.map((all) => all.map((each) => each.class))).toEqual(SEEDS.map(() => ['slow-down']));
    const windows = runs.map(([first]) => first!.window);
    expect(Math.min(...windows)).toBeGreaterThanOrEqual(1);
    expect(windows.filter((window) => window <= 2).length).toBeGreaterThanOrEqual(early);
  },
);

test('where slow calls come in bursts every quarter of an hour, the next burst is none', () => {
  const random = seededRandom(3);
  let state = newFunctionState();
  const opened: string[] = [];
  for (let at = 0; at < 600; at++) {
    const slowShare = at % 15 === 7 ? 0.2 : 0;
    const { state: next, changes } = assessFunction(
      state,
      { windows: [minuteOf(at, random, { calls: 30, slowShare, slowMs: 400 })] },
      CONTEXT,
    );
    state = next;
    if (at > 240)
      opened.push(...changes.filter(({ change }) => change === 'opened').map(({ finding }) => finding.title));
  }
  expect(opened).toEqual([]);
});

test('one minute in which a twelfth of a busy function waits is no finding; two are', () => {
  for (const seed of SEEDS.slice(0, 4)) {
    const busy = { calls: 300 };
    const hiccup = { ...busy, slowShare: 0.08 };
    expect(found(seed, busy, [hiccup, busy, busy, busy])).toEqual([]);
    expect(found(seed, busy, [hiccup, hiccup]).map((each) => each.class)).toEqual(['slow-down']);
  }
});

test('calls that are slow because they start an environment are a finding of cold starts alone', () => {
  for (const coldShare of [0.4, 0.7, 1])
    for (const seed of SEEDS) {
      const all = found(seed, { calls: 35 }, [...times(4, { calls: 35, coldShare }), ...times(4, { calls: 35 })]);
      expect({ seed, coldShare, all: all.map((each) => each.class) }).toEqual({
        seed,
        coldShare,
        all: ['cold-starts'],
      });
      expect(all[0]!.window).toBeLessThanOrEqual(2);
    }
});

test('calls that became slow, and start environments for it, are a slow-down', () => {
  for (const seed of SEEDS) {
    const bad = [{ calls: 35, slowShare: 1, coldShare: 0.3 }, ...times(3, { calls: 35, slowShare: 1 })];
    expect(found(seed, { calls: 35 }, bad).map((each) => each.class)).toEqual(['slow-down']);
  }
});

test.each([
  ['aurora: idle in transaction', 'holds connections without using them: aurora: idle in transaction'],
  ['aurora: begin', 'waits for connections: aurora: begin'],
  ['pg-pool.connect', 'waits for connections: pg-pool.connect'],
])('the traces of slow calls say %s: connections run short', (name, title) => {
  const fact: Fact = { kind: 'dependency', id: 'd', at: minute(HEALTHY), name, beforeMs: 0, afterMs: 700, share: 0.9 };
  const [first, ...more] = found(5, { calls: 13 }, times(2, { calls: 13, slowShare: 0.5 }), [fact]);
  expect(first).toMatchObject({ class: 'connection-pressure', finding: { causes: [{ name }] } });
  expect(first!.finding.title).toContain(title);
  expect(more).toEqual([]);
});

test('a statement that is slow is no shortage of connections', () => {
  const name = 'aurora: connections of hotel';
  const fact: Fact = { kind: 'dependency', id: 'd', at: minute(HEALTHY), name, beforeMs: 5, afterMs: 700, share: 0.9 };
  const [first] = found(5, { calls: 13 }, times(2, { calls: 13, slowShare: 0.5 }), [fact]);
  expect(first!.class).toBe('dependency-slow');
});

test('a function that became faster is not restless for it: what slows it again is told', () => {
  for (const seed of SEEDS.slice(0, 4)) {
    const [faster, slower] = [times(180, { calls: 60 }), times(3, { calls: 60, medianMs: 170 })];
    const [first] = found(seed, { calls: 60, medianMs: 150 }, [...faster, ...slower]);
    expect(first).toMatchObject({ class: 'slow-down' });
    expect(first!.window - faster.length).toBeLessThanOrEqual(2);
  }
});

test('calls of a restless function look slow: it is told where traces are sure who takes more of them, in three quarters of the runs instead of a quarter', () => {
  const restless = { calls: 13, restlessness: 0.25 };
  const foundBy = (surprise: number) => {
    const at = minute(HEALTHY);
    const name = 'aurora: payments of card';
    const fact: Fact = { kind: 'dependency', id: 'd', at, name, beforeMs: 20, afterMs: 70, share: 0.9, surprise };
    const runs = SEEDS.map((seed) => found(seed, restless, times(3, { calls: 13, medianMs: 115 }), [fact]));
    return runs.flat().filter((each) => each.class === 'dependency-slow' && each.window >= 1);
  };
  expect(foundBy(2).length).toBeLessThanOrEqual(3);
  expect(foundBy(9).length).toBeGreaterThanOrEqual(9);
});

test('what hit some calls and then hits all of them is told anew', () => {
  const some = Array.from({ length: 5 }, (): Minute => ({ calls: 20, slowShare: 0.25 }));
  const all = Array.from({ length: 5 }, (): Minute => ({ calls: 20, slowShare: 1 }));

  const titles = told(3, { calls: 20 }, [...some, ...all])
    .filter((each) => each.class === 'slow-down')
    .map(({ change, finding }) => `${change}: ${finding.title}`);

  expect(titles[0]).toMatch(/^opened: .* is, in one call of twenty, /);
  expect(titles.at(-1)).toMatch(/^updated: \S+ is \d+ times as slow as usual$/);
});
