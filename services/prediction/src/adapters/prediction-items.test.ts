import { expect, test } from '@jest/globals';
import { MINUTE_MS, type NewMinute, newPredictionState, predictLoad } from '@lamplighter/prediction';
import type { KnownPrediction, StoredPrediction } from '../ports.ts';
import { itemsToWrite } from './prediction-items.ts';

const T0 = Date.UTC(2026, 0, 15, 10);
const SHOP = { accountId: '123456789012', region: 'us-east-1', functionName: 'shop' };
const NOTHING: KnownPrediction = { version: 0, snapshot: { version: 0 } };

/** No two minutes are alike, and none has round figures. */
function minuteOf(minute: number, revision = 0, calls = 70_000 + 20_000 * Math.sin(minute * minute)): NewMinute {
  const load = {
    calls: Math.round(calls),
    busyMs: Math.round(calls * (90 + 20 * Math.cos(minute))),
    costUsd: Number((calls * 2.1e-7).toPrecision(6)),
    peak: Math.round(calls / 500),
    maxDurationMs: Math.round(900 + 600 * Math.sin(3 * minute)),
    coldStarts: minute % 5,
    initMs: 173 * (minute % 5),
  };
  return { start: T0 + minute * MINUTE_MS, revision, load };
}

function write(known: KnownPrediction, news: readonly NewMinute[], minute: number) {
  const now = T0 + (minute + 1) * MINUTE_MS;
  const before: StoredPrediction = known.stored ?? {
    state: newPredictionState(),
    untold: [],
    settings: {},
    settingsAt: now,
  };
  const { state } = predictLoad(before.state, news, { now, limits: [] });
  return itemsToWrite(SHOP, known, { ...before, state }, { rows: [], now });
}

/** A function in its third hour, in the minute after a snapshot. */
function inItsThirdHour(): KnownPrediction {
  let known = NOTHING;
  for (let minute = 0; minute < 155; minute++) known = write(known, [minuteOf(minute)], minute).after;
  return known;
}
const known = inItsThirdHour();
const sortKeys = ({ items }: ReturnType<typeof write>): unknown[] => items.map(({ item }) => item.sk);

test('a minute is one item of two kilobytes at most, over the version that was read', () => {
  const { items, after } = write(known, [minuteOf(155)], 155);

  expect(items).toMatchObject([{ item: { sk: 'MINUTES#shop' }, over: known.version }]);
  expect((items[0]!.item.minutes as Uint8Array).length).toBeLessThan(1_900);
  expect(after.snapshot).toBe(known.snapshot);
});

test.each([
  ['five minutes are over', 159, [155, 156, 157, 158, 159].map((minute) => minuteOf(minute))],
  ['a correction lies further back than the live part reaches', 155, [minuteOf(60, 1)]],
  ['an outage ends, and much is corrected', 155, Array.from({ length: 31 }, (_, at) => minuteOf(120 + at, 1))],
])('everything is written when %s', (_, minute, news) => {
  expect(sortKeys(write(known, news, minute))).toEqual(['MINUTES#shop', 'STATE']);
});

test('what is settled is written with it at the hour', () => {
  const news = Array.from({ length: 86 }, (_, at) => minuteOf(155 + at));

  expect(sortKeys(write(known, news, 240))).toEqual(['MINUTES#shop', 'STATE', 'HISTORY']);
});

test('the live part of a silent function expires after a day, that of a busy one with its state', () => {
  const days = ({ items }: ReturnType<typeof write>, minute: number): number =>
    (Number(items[0]!.item.expiresAt) - (T0 / 1000 + (minute + 1) * 60)) / 86_400;
  const silent = write(known, [{ ...minuteOf(155, 0, 0) }], 155);

  expect(days(silent, 155)).toBe(1);
  expect(days(write(known, [minuteOf(155)], 155), 155)).toBe(400);
  expect(days(write(silent.after, [minuteOf(150, 1)], 155), 155)).toBe(400);
  expect(days(write(silent.after, [minuteOf(150, 1, 0)], 155), 155)).toBe(400);
});
