import { gunzipSync, gzipSync } from 'node:zlib';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EventEntry } from '@lamplighter/contracts';
import { MINUTE_MS, type NewMinute, newPredictionState, predictLoad } from '@lamplighter/prediction';
import { dynamoDbPredictions } from '../src/adapters/dynamodb-predictions.ts';
import { historyKey, liveKey, stateKey } from '../src/adapters/prediction-keys.ts';
import { sharedMinutes } from '../src/domain/account-minutes.ts';
import { limitsOf, type Settings } from '../src/domain/limits-of.ts';
import type { Subject } from '../src/domain/subject.ts';
import type { StoredPrediction } from '../src/ports.ts';
import { predictAccount } from '../src/predict/predict-account.ts';
import { predictSubject } from '../src/predict/predict-subject.ts';
import { lambdaWith } from './lambda-with.ts';
import { type Crash, startPredictionTable } from './prediction-table.ts';

const T0 = Date.UTC(2026, 0, 15, 9, 58);
const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };
const SETTINGS: Settings = { reservedConcurrency: 60, timeoutMs: 3_000 };

let table: Awaited<ReturnType<typeof startPredictionTable>>;
beforeAll(async () => {
  table = await startPredictionTable();
});
afterAll(() => table?.stop());

const functionNamed = (functionName: string) => ({ ...ACCOUNT, functionName });
const endOf = (minute: number): number => T0 + (minute + 1) * MINUTE_MS;

/** A climb with noise; revisions differ, and so does every minute. */
const minuteOf = (minute: number, revision = 0, environments = 5 + minute * 0.9): NewMinute => {
  const calls = Math.round(environments * 600 + 37 * ((minute * 7 + revision * 3) % 11));
  return {
    start: T0 + minute * MINUTE_MS,
    revision,
    load: {
      calls,
      busyMs: calls * 98,
      costUsd: calls * 2e-7,
      peak: Math.round(environments),
      maxDurationMs: 400 + 3 * calls ** 0.5,
      coldStarts: minute % 4,
      initMs: 180 * (minute % 4),
    },
  };
};

/** What came in one minute: some minutes twice, some late, some corrected, one an hour late. */
const newsOf = (minute: number): NewMinute[] => [
  ...(minute % 13 === 4 ? [] : [minuteOf(minute)]),
  ...(minute % 13 === 6 ? [minuteOf(minute - 2)] : []),
  ...(minute % 7 === 5 ? [minuteOf(minute - 3, 1), minuteOf(minute - 1)] : []),
  ...(minute === 97 ? [minuteOf(12, 4)] : []),
];

/** Takes news in as the function does; what dies comes again. */
async function takeIn(subject: Subject, minutes: readonly number[], crash?: Crash, news = newsOf) {
  const { client, calls } = table.client(crash);
  const published: EventEntry[] = [];
  const predictions = dynamoDbPredictions(client, table.TableName);
  for (const minute of minutes) {
    const deps = {
      predictions,
      lambda: lambdaWith({ settings: async () => SETTINGS }),
      publish: async (entries: readonly EventEntry[]) => void published.push(...entries),
      now: () => endOf(minute),
    };
    const attempt = () => predictSubject(subject, async () => news(minute), deps);
    await attempt().catch(attempt);
  }
  const made = [...calls];
  const { stored } = await dynamoDbPredictions(table.client().client, table.TableName).read(subject);
  return {
    calls: made,
    stored,
    keys: new Set(published.map(({ Detail }) => JSON.parse(Detail).metadata.idempotencyKey)),
  };
}

/** The same without any table. */
function expectedOf(minutes: readonly number[], news = newsOf) {
  const limits = limitsOf(SETTINGS);
  return minutes.reduce(
    (state, minute) => predictLoad(state, news(minute), { now: endOf(minute), limits }).state,
    newPredictionState(),
  );
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, minute) => minute);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function itemOf(key: Record<string, string>) {
  const { Item } = await table
    .client()
    .client.send(new GetItemCommand({ TableName: table.TableName, Key: marshall(key) }));
  return Item === undefined ? undefined : { ...unmarshall(Item), bytes: JSON.stringify(Item).length };
}
const put = (item: Record<string, unknown>) =>
  table.client().client.send(new PutItemCommand({ TableName: table.TableName, Item: marshall(item) }));

test('what is read is what was foreseen, with late, doubled and corrected minutes, over hours', async () => {
  const minutes = upTo(270);

  const { stored, calls } = await takeIn(functionNamed('hours'), minutes);

  expect(plain(stored?.state)).toEqual(plain(expectedOf(minutes)));
  expect(Object.keys(stored?.state.breaches ?? {})).toContain('reserved-concurrency');
  // A plain write in most minutes, a transaction in those that forecast.
  const count = (name: string): number => calls.filter((call) => call.startsWith(name)).length;
  expect(count('TransactWriteItems')).toBeLessThan(minutes.length / 4);
});

/** When settings are read depends on the name. */
const unphased = (stored: StoredPrediction | undefined) => ({ ...stored, settingsAt: 0 });

test('whatever call an environment dies at, the same is stored and told', async () => {
  const minutes = upTo(9);
  const clean = await takeIn(functionNamed('clean'), minutes);
  const nameless = (name: string, keys: Iterable<string>) => [...keys].map((key) => key.replace(name, '')).sort();
  const wrong: string[] = [];
  for (const when of ['before', 'after'] as const) {
    for (const [index, call] of clean.calls.entries()) {
      const name = `dies-${when}-${index}`;
      const { stored, keys } = await takeIn(functionNamed(name), minutes, { nth: index + 1, when });
      const isSame =
        JSON.stringify(unphased(stored)) === JSON.stringify(unphased(clean.stored)) &&
        JSON.stringify(nameless(name, keys)) === JSON.stringify(nameless('clean', clean.keys));
      if (!isSame) wrong.push(`${when} ${call} ${index}`);
    }
  }

  expect(new Set(clean.calls)).toEqual(new Set(['GetItemCommand', 'PutItemCommand', 'TransactWriteItemsCommand']));
  expect(clean.keys.size).toBe(3);
  expect(wrong).toEqual([]);
});

test('a breach is stored whole in the minute in which it is told', async () => {
  const subject = functionNamed('climbs');
  const limits = limitsOf(SETTINGS);
  let foreseen = newPredictionState();
  let toldAt = -1;
  while (foreseen.breaches['reserved-concurrency']?.told === undefined) {
    toldAt++;
    foreseen = predictLoad(foreseen, newsOf(toldAt), { now: endOf(toldAt), limits }).state;
  }

  await takeIn(subject, upTo(toldAt + 1));

  const snapshot = (await itemOf(stateKey(subject)))!;
  const { state } = JSON.parse(gunzipSync((snapshot as unknown as { prediction: Uint8Array }).prediction).toString());
  expect(state.breaches['reserved-concurrency'].told).toMatchObject({ change: 'predicted' });
});

test('an account is foreseen from rows that were written by themselves', async () => {
  const account = { accountId: '210987654321', region: 'us-east-1' };
  const { client } = table.client();
  const predictions = dynamoDbPredictions(client, table.TableName);
  for (const minute of upTo(23)) {
    const deps = { predictions, lambda: lambdaWith(), publish: async () => {}, now: () => endOf(minute) };
    for (const functionName of ['one', 'two'])
      await predictSubject({ ...account, functionName }, async () => [minuteOf(minute)], deps);
    await predictAccount(account, T0 + minute * MINUTE_MS, deps);
  }

  const { stored } = await predictions.read(account);

  expect(stored?.state.load.newest).toBe(T0 + 21 * MINUTE_MS);
  for (const minute of upTo(22))
    expect(stored?.state.load.minutes[T0 + minute * MINUTE_MS]?.load.calls).toBe(2 * minuteOf(minute).load.calls);
});

test('what an earlier release stored is continued', async () => {
  const subject = functionNamed('from-before');
  const state = expectedOf(upTo(43));
  const { fives, hours, surges, ...load } = state.load;
  const untold = [{ DetailType: 'ForecastPublished', Detail: '{"metadata":{"idempotencyKey":"left"}}', Source: 's' }];
  const prediction = { state: { ...state, load }, untold, settings: SETTINGS, settingsAt: endOf(42) };
  const zipped = (value: unknown) => gzipSync(JSON.stringify(value));
  await put({ ...stateKey(subject), version: 51, prediction: zipped(prediction) });
  await put({ ...historyKey(subject), history: zipped({ fives, hours, surges }) });
  await put({ ...liveKey(subject), minutes: zipped(sharedMinutes('from-before', { reservedConcurrency: 1 }, state)) });

  const { stored, keys } = await takeIn(subject, [43, 44, 45, 46, 47, 48]);

  expect(plain(stored?.state)).toEqual(plain(expectedOf(upTo(49))));
  expect(keys).toContain('left');
  expect(stored?.untold).toEqual([]);
});

test('a state that an earlier release wrote over a newer one keeps what the newer one alone had', async () => {
  const subject = { accountId: '333333333333', region: 'us-east-1' };
  await takeIn(subject, upTo(44));
  const state = expectedOf([...upTo(42), 44, 45]);
  const { fives, hours, surges, ...load } = state.load;
  const prediction = { state: { ...state, load }, untold: [], settings: SETTINGS, settingsAt: endOf(45) };
  await put({ ...stateKey(subject), version: 9_999, prediction: gzipSync(JSON.stringify(prediction)) });

  const { stored } = await takeIn(subject, upTo(54).slice(46));

  const all = Object.keys(expectedOf(upTo(54)).load.minutes);
  expect(Object.keys(stored?.state.load.minutes ?? {}).sort()).toEqual(all.sort());
});

test('minutes of a function that fell silent expire after a day, and take nothing with them', async () => {
  const subject = functionNamed('silent');
  const news = (minute: number): NewMinute[] => [minuteOf(minute, 0, minute < 30 || minute > 2_000 ? 20 : 0)];
  const quiet = { ...minuteOf(0).load, calls: 0, busyMs: 0, costUsd: 0, peak: 0, maxDurationMs: 0 };
  const silent = (minute: number): NewMinute[] =>
    news(minute).map((one) => (minute < 30 || minute > 2_000 ? one : { ...one, load: quiet }));
  const expiresIn = async (minute: number) =>
    Number(((await itemOf(liveKey(subject))) as unknown as { expiresAt: number }).expiresAt) - endOf(minute) / 1000;

  await takeIn(subject, upTo(29), undefined, silent);
  const whileBusy = await expiresIn(28);
  await takeIn(subject, upTo(53).slice(29), undefined, silent);
  const whileSilent = await expiresIn(52);
  await table
    .client()
    .client.send(new DeleteItemCommand({ TableName: table.TableName, Key: marshall(liveKey(subject)) }));
  const { stored } = await takeIn(subject, [2_010, 2_011], undefined, silent);

  expect([whileBusy, whileSilent]).toEqual([400 * 86_400, 86_400]);
  const expected = expectedOf([...upTo(53), 2_010, 2_011], silent);
  expect(plain(stored?.state.load.hours)).toEqual(plain(expected.load.hours));
  expect(plain(stored?.state.load.fives)).toEqual(plain(expected.load.fives));
  expect(plain(stored?.state.load.surges)).toEqual(plain(expected.load.surges));
});
