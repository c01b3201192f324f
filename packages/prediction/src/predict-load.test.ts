import { expect, test } from '@jest/globals';
import { BreachPredicted, WindowsClosed } from '@lamplighter/contracts';
import { breachEventOf } from './breach/breach-event.ts';
import type { WatchedLimit } from './breach/watched-limit.ts';
import { minuteLoadOf } from './load/minute-load.ts';
import { minutesOf } from './load/read-load.ts';
import type { NewMinute } from './load/take-minutes.ts';
import { lookAhead, predictLoad } from './predict-load.ts';
import { newPredictionState, type PredictionState } from './prediction-state.ts';
import { minutesFrom, T0 } from './testing/a-load.ts';

const MINUTE_MS = 60_000;
const QUOTA: WatchedLimit = {
  kind: 'account-concurrency',
  name: 'Concurrent executions',
  value: 1_000,
  unit: 'environments',
  of: 'concurrency',
};

/** Minute by minute, as they close. */
function play(news: readonly NewMinute[], before: PredictionState = newPredictionState()) {
  const changes: { change: string; minute: number }[] = [];
  const forecasters: string[] = [];
  let state = before;
  for (const one of news) {
    const next = predictLoad(state, [one], { now: one.start + MINUTE_MS, limits: [QUOTA] });
    state = next.state;
    changes.push(...next.changes.map(({ change }) => ({ change, minute: (one.start - T0) / MINUTE_MS })));
    forecasters.push(...next.forecasts.map(({ forecaster }) => forecaster));
  }
  return { state, changes, forecasters };
}

const steady = (count: number, value: number): number[] => Array<number>(count).fill(value);
const rising = (count: number, from: number, slope: number): number[] =>
  Array.from({ length: count }, (_, at) => from + slope * at);

test('a climb to the quota is predicted once, corrected or not, and told when it happens', () => {
  const { changes } = play(minutesFrom([...steady(60, 100), ...rising(100, 100, 10)]));

  expect(changes.filter(({ change }) => change === 'predicted')).toHaveLength(1);
  const happened = changes.find(({ change }) => change === 'happened')!;
  expect(happened.minute).toBe(60 + 89);
  expect(happened.minute - changes[0]!.minute).toBeGreaterThanOrEqual(15);
});

test('a climb that is all that is known is told a quarter of an hour before the quota, a start that stops below it never', () => {
  const noisy = rising(60, 130, 16).map((value, at) => value + 20 * (((7 * at) % 5) - 2));
  const climb = play(minutesFrom(noisy));
  const hit = climb.changes.find(({ change }) => change === 'happened')!.minute;
  const told = climb.changes.find(({ change }) => change === 'predicted')!.minute;
  expect(hit - told).toBeGreaterThanOrEqual(15);

  expect(play(minutesFrom([...rising(20, 160, 32), ...steady(200, 800)])).changes).toEqual([]);
});

test('a load that is steady or falls is no breach', () => {
  expect(play(minutesFrom(steady(300, 800))).changes).toEqual([]);
  expect(play(minutesFrom(rising(300, 950, -3))).changes).toEqual([]);
});

test('what was predicted and does not come is withdrawn, once', () => {
  const { changes } = play(minutesFrom([...rising(80, 100, 10), ...steady(60, 300)]));

  expect(changes.map(({ change }) => change).filter((change) => change !== 'corrected')).toEqual([
    'predicted',
    'withdrawn',
  ]);
});

test('a surge like an earlier one is known from its third minute', () => {
  const surge = [10, 50, 250, 1_250, 4_000, ...steady(30, 4_000), ...rising(60, 4_000, -66)];
  const first = play(minutesFrom([...steady(120, 10), ...surge, ...steady(400, 10)]));
  const since = 120 + surge.length + 400;

  const { state } = play(minutesFrom([...steady(120, 10), 10, 50, 250], since), first.state);

  expect(Math.max(...lookAhead(state).mean)).toBeGreaterThan(3_200);
  expect(Math.max(...lookAhead(state).mean)).toBeLessThan(4_800);
});

test('a surge that came yesterday at this time is expected today', () => {
  const surge = [50, 250, 1_250, ...steady(60, 4_000), 1_000, 100];
  const day = [...steady(300, 10), ...surge];
  const { state } = play(minutesFrom([...day, ...steady(1_440 - day.length, 10), ...steady(250, 10)]));

  expect(Math.max(...lookAhead(state).mean)).toBeGreaterThan(3_600);
});

test('forecasts are scored when the truth has come, and say how good they were', () => {
  const { state } = play(minutesFrom(rising(400, 10, 1)));
  const score = state.forecasts.find(({ metric }) => metric === 'concurrency')!.score!;

  expect(score.forecasts).toBeGreaterThan(50);
  expect(score.wape).toBeLessThan(score.naiveWape);
  expect(score.coverage95Pct).toBeGreaterThan(90);
});

test('figures that no function can have count as nothing', () => {
  const figures = WindowsClosed.example.windows[0]!.figures;
  const hostile = [Number.NaN, -5, Number.POSITIVE_INFINITY, 1e300].map((value) =>
    minuteLoadOf({
      ...figures,
      invocations: value,
      durationMs: { sum: value, max: value },
      costUsd: value,
      maxConcurrency: value,
    }),
  );
  const news = hostile.map((load, at) => ({ start: T0 + at * MINUTE_MS, revision: 0, load }));
  const { state } = play([...news, ...minutesFrom(steady(30, 3), 4)]);

  for (const { mean, lower, upper } of state.forecasts)
    for (const value of [...mean, ...lower, ...upper]) expect(Number.isFinite(value)).toBe(true);
});

test('a clock that jumps ahead, back, or between minutes is left out, and nothing is lost by it', () => {
  const { state } = play(minutesFrom(steady(60, 5)));
  const now = T0 + 60 * MINUTE_MS;
  const [minute] = minutesFrom([5]);
  const jumps = [now + 365 * 86_400_000, -1, 0, Number.NaN, now + 30_001, 1e300].map((start) => ({
    ...minute!,
    start,
  }));

  const after = predictLoad(state, jumps, { now, limits: [QUOTA] });

  expect(after.state.load).toEqual({ ...state.load, unusable: 6 });
  expect(after.forecasts).toEqual([]);
});

test('a year of nothing and then a flood: forecast from what came, and told', () => {
  const quiet = play(minutesFrom([1, ...steady(3, 0)]));
  const year = 365 * 24 * 60;
  const { state, changes } = play(minutesFrom([...rising(20, 200, 60)], year), quiet.state);

  expect(minutesOf(state.load).steps.length).toBeLessThan(300);
  expect(changes.at(-1)?.change).toBe('happened');
  expect(lookAhead(state).mean[0]).toBeGreaterThan(1_000);
});

test('nothing, one minute, and a function that is never called are all right', () => {
  expect(predictLoad(newPredictionState(), [], { now: T0, limits: [QUOTA] })).toEqual({
    state: newPredictionState(),
    forecasts: [],
    changes: [],
  });
  expect(play(minutesFrom([0])).changes).toEqual([]);
  const { state } = play(minutesFrom(steady(120, 0)));
  expect(Math.max(...lookAhead(state).upper)).toBe(0);
  expect(state.forecasts[0]?.score).toBeUndefined();
});

test('a limit that is taken away takes with it what was told of it, and one that is not looked at does not', () => {
  const RESERVED: WatchedLimit = { ...QUOTA, kind: 'reserved-concurrency', name: 'Reserved concurrency', value: 300 };
  const climb = minutesFrom(rising(80, 100, 3));
  let state = newPredictionState();
  for (const one of climb.slice(0, 75))
    state = predictLoad(state, [one], { now: one.start + MINUTE_MS, limits: [RESERVED, QUOTA] }).state;
  const [one] = climb.slice(75);
  const now = one!.start + MINUTE_MS;

  const { changes, state: after } = predictLoad(state, [one!], { now, limits: [QUOTA] });
  const resource = { accountId: '123456789012', region: 'us-east-1', type: 'lambda-function' as const, name: 'shop' };

  expect(changes).toMatchObject([{ change: 'withdrawn', because: 'limit-gone', limit: { kind: RESERVED.kind } }]);
  expect(BreachPredicted.schema.parse(breachEventOf(resource, changes[0]!))).toMatchObject({
    change: 'withdrawn',
    probability: 0,
    explanation: 'Reserved concurrency of 300 environments: it is there, or watched, no more.',
    recommendations: [],
  });
  expect(after.breaches[RESERVED.kind]?.told).toBeUndefined();
  expect(predictLoad(state, [one!], { now }).changes).toEqual([]);
  expect(predictLoad(state, [one!], { now }).state.breaches).toEqual(state.breaches);
});
