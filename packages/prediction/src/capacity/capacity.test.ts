import { expect, test } from '@jest/globals';
import { breachEventOf } from '../breach/breach-event.ts';
import { newPredictionState, type PredictionState } from '../prediction-state.ts';
import { T0 } from '../testing/a-load.ts';
import type { Capacity } from './capacity.ts';
import { fillingLook, keepSample, STORED_STEP_MS, type StoredSample } from './filling-look.ts';
import { connectionsOf, gaugesOf } from './gauges-of.ts';
import { predictGauge } from './predict-gauge.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STREAM: Capacity = { kind: 'stream', name: 'bookings', isOnDemand: false, shards: 2 };
const RESOURCE = {
  accountId: '123456789012',
  region: 'us-east-1',
  type: 'kinesis-stream' as const,
  name: 'bookings',
};
const limits = (capacity: Capacity) => gaugesOf(capacity).map(({ metric, limit }) => [metric, limit.kind, limit.value]);

test('each capacity has the limits that AWS publishes of it', () => {
  expect(limits(STREAM)).toEqual([
    ['incoming-bytes', 'shards', 2_000_000],
    ['incoming-records', 'shards', 2_000],
  ]);
  expect(limits({ kind: 'table', name: 't', isOnDemand: false, writeUnits: 50, readUnits: 0 })).toEqual([
    ['write-units', 'table-capacity', 50],
  ]);
  expect(limits({ kind: 'cluster', name: 'c', isPostgres: true, minAcu: 1, maxAcu: 16 })).toEqual([
    ['acu', 'database-capacity', 16],
    ['connections', 'connections', 3_360],
  ]);
  expect(limits({ kind: 'api', name: 'a', apiId: 'x', stage: '$default' })).toEqual([]);
  expect(limits({ kind: 'apis', apiIds: ['x', 'y'] })).toEqual([['requests', 'api-throttle', 10_000]]);
  expect(limits({ kind: 'api', name: 'a', apiId: 'x', stage: 'v1', rateLimit: 200 })).toEqual([
    ['requests', 'api-throttle', 200],
  ]);
});

test('the requests that an account may take are held against those of all of its APIs', () => {
  const [gauge] = gaugesOf({ kind: 'apis', apiIds: ['x', 'y'] });

  expect(gauge!.source.dimensions).toEqual([{ ApiId: 'x' }, { ApiId: 'y' }]);
});

test.each([
  [0.5, 1, 189],
  [1, 4, 823],
  [1, 8, 1_669],
  [0.5, 16, 2_000],
  [1, 32, 5_000],
])('from %d to %d ACU there are %d connections', (minAcu, maxAcu, connections) => {
  expect(connectionsOf(minAcu, maxAcu)).toBe(connections);
});

/** Minute by minute, as CloudWatch has them. */
function play(capacity: Capacity, values: readonly number[], gaugeAt = 0) {
  const gauge = gaugesOf(capacity)[gaugeAt]!;
  let state: PredictionState = newPredictionState();
  const told = values.flatMap((value, at) => {
    const start = T0 + at * MINUTE_MS;
    const next = predictGauge(state, [{ start, value }], { now: start + MINUTE_MS, gauge, capacity });
    state = next.state;
    return next.changes.map((change) => ({ minute: at, event: breachEventOf(RESOURCE, change) }));
  });
  return { state, told };
}
const climb = (count: number, from: number, slope: number): number[] =>
  Array.from({ length: count }, (_, at) => from + slope * at);

test('a stream that fills is told in time, once, with the shards that help and their price', () => {
  const { told } = play(STREAM, climb(95, 200_000, 19_000));
  const predicted = told.filter(({ event }) => event.change === 'predicted');

  expect(predicted).toHaveLength(1);
  // 200,000 + 19,000 x passes two shards after 94.7 minutes.
  expect(predicted[0]!.minute).toBeLessThanOrEqual(94 - 15);
  const { recommendations, limit, breachId } = predicted[0]!.event;
  expect(limit).toMatchObject({ kind: 'shards', name: 'Bytes a second' });
  expect(breachId).toMatch(/^shards\/123456789012\/us-east-1\/bookings\/bytes-a-second\/\d+$/);
  expect(recommendations[0]).toMatchObject({ action: 'kinesis-capacity', parameters: { streamName: 'bookings' } });
  const shards = Number(recommendations[0]!.parameters.shards);
  expect(shards).toBeLessThanOrEqual(4);
  expect(recommendations[0]!.costPerHourUsd).toBeCloseTo((shards - 2) * 0.015);
});

test('what is steady, quiet or hostile tells nothing', () => {
  expect(play(STREAM, Array<number>(120).fill(1_700_000)).told).toEqual([]);
  expect(play(STREAM, [Number.NaN, -5, Number.POSITIVE_INFINITY, 1e300, 0, 0]).told).toEqual([]);
});

test('a minute whose figure grows after it was read has the larger one, whatever is read later', () => {
  const gauge = gaugesOf(STREAM)[0]!;
  const read = (state: PredictionState, values: readonly number[]) => {
    const points = values.map((value, at) => ({ start: T0 + at * MINUTE_MS, value }));
    return predictGauge(state, points, { now: T0 + 60 * MINUTE_MS, gauge, capacity: STREAM }).state;
  };
  const peaks = ({ load }: PredictionState) => [0, 1, 2].map((at) => load.minutes[T0 + at * MINUTE_MS]?.load.peak);

  const first = read(newPredictionState(), [100, 0]);
  const grown = read(first, [100, 700, 50]);
  const again = read(grown, [100, 600, 50]);

  expect([peaks(first), peaks(grown), peaks(again)]).toEqual([
    [100, 0, undefined],
    [100, 700, 50],
    [100, 700, 50],
  ]);
  expect(again).toBe(grown);
});

test('a database is pre-scaled by the range that remediation knows', () => {
  const cluster: Capacity = { kind: 'cluster', name: 'hotel', isPostgres: true, minAcu: 0.5, maxAcu: 8 };
  const { told } = play(cluster, climb(90, 1, 0.07));
  const { recommendations } = told.find(({ event }) => event.change === 'predicted')!.event;

  expect(recommendations[0]).toMatchObject({
    action: 'aurora-capacity',
    parameters: { clusterId: 'hotel', minAcu: 4 },
    costPerHourUsd: expect.closeTo(3.5 * 0.12),
  });
});

test('what fills up over days is told a week before, and not before it is known', () => {
  const filling = (perStep: number, steps: number): StoredSample[] =>
    climb(steps, 100, perStep).map((value, at) => ({ at: T0 + at * STORED_STEP_MS, value }));

  expect(fillingLook(filling(2, 3), 300)).toMatchObject({ probability: 0 });
  const { probability, soon, expectedAt } = fillingLook(filling(2, 40), 200);
  // 178 after 40 half days: eleven more, which a climb of 40 goes on for with a probability of 40 / 51.
  expect(probability).toBeGreaterThan(0.7);
  expect(soon).toBeGreaterThan(0.5);
  expect((expectedAt! - (T0 + 39 * STORED_STEP_MS)) / DAY_MS).toBeCloseTo(5.5, 0);
  expect(fillingLook(filling(0, 40), 200).probability).toBeLessThan(0.01);
});

test('what was looked at seldom fills up as quickly as what was looked at every half day', () => {
  const every = (halfDays: number): StoredSample[] =>
    climb(40 / halfDays + 1, 100, 2 * halfDays).map((value, at) => ({
      at: T0 + at * halfDays * STORED_STEP_MS,
      value,
    }));
  const [often, seldom] = [fillingLook(every(1), 204), fillingLook(every(4), 204)];

  // If each sample stood for half a day it would be told five days too early.
  expect(seldom.expectedAt! - often.expectedAt!).toBe(0);
  expect(seldom.probability).toBeCloseTo(often.probability);
});

test('of a half day the newest sample is kept, and thirty days of them', () => {
  const samples = Array.from({ length: 100 }, (_, at) => ({ at: T0 + at * STORED_STEP_MS, value: at })).reduce(
    keepSample,
    [] as StoredSample[],
  );

  expect(samples).toHaveLength(60);
  expect(keepSample(samples, { at: samples.at(-1)!.at + 1, value: 7 }).at(-1)).toMatchObject({ value: 7 });
  expect(keepSample(samples, { at: samples.at(-1)!.at + 1, value: 7 })).toHaveLength(60);
});
