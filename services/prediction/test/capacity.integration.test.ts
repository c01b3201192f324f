import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CapacityForecast } from '@lamplighter/contracts';
import { closedMinute } from './closed-minute.ts';
import { type DeployedPrediction, startPrediction } from './deployed-prediction.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 12);
const CLIMB_BYTES = 8_000;
const STREAM = 'bookings';
const TABLE = 'rooms';

let prediction: DeployedPrediction;
beforeAll(async () => {
  // The functions of this account cost two cents a minute: more than a dollar within the hour.
  prediction = await startPrediction(START_MS, [], { monthlyBudgetUsd: '1' });
  const { sandbox } = prediction;
  await sandbox.client(KinesisClient).send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 1 }));
  await sandbox.client(DynamoDBClient).send(
    new CreateTableCommand({
      TableName: TABLE,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 20 },
    }),
  );
});
afterAll(() => prediction?.stop());

/** Minutes in which a function works and what it writes is measured: bytes a second of the stream by the minute, two write units a second of the table. */
async function pass(minutes: number, bytesAt: (minute: number) => number): Promise<void> {
  const { metrics } = prediction.sandbox.peers;
  for (let at = 0; at < minutes; at++) {
    const start = Math.floor(prediction.clock.now() / MINUTE_MS) * MINUTE_MS;
    metrics.put('AWS/Kinesis', 'IncomingBytes', { StreamName: STREAM }, 60 * bytesAt(at), 'Bytes', start);
    metrics.put('AWS/DynamoDB', 'ConsumedWriteCapacityUnits', { TableName: TABLE }, 120, 'Count', start);
    await prediction.settle(MINUTE_MS);
    await prediction.publish([closedMinute('shop', start, 20)]);
  }
  await prediction.settle(2_000);
  await prediction.settle();
}

async function capacityOf(name: string): Promise<CapacityForecast> {
  const answer = await prediction.ask({ kind: 'capacity' });
  const resources = answer.kind === 'capacity' ? answer.resources : [];
  return resources.find(({ resource }) => resource.name === name)!;
}

async function breachesOf(name: string) {
  const answer = await prediction.ask({ kind: 'breaches' });
  return answer.kind === 'breaches' ? answer.breaches.filter(({ resource }) => resource.name === name) : [];
}

test('a stream that fills is told in time, once, with the shards that help', async () => {
  const climbsFrom = prediction.clock.now();
  await pass(100, (minute) => 100_000 + CLIMB_BYTES * minute);

  const [breach, ...more] = await breachesOf(STREAM);
  expect(more).toEqual([]);
  expect(breach).toMatchObject({
    change: expect.stringMatching(/predicted|corrected/),
    resource: { type: 'kinesis-stream' },
    limit: { kind: 'shards', value: 1_000_000 },
  });
  // 100,000 + 8,000 x passes a shard's million after 112 minutes.
  const toldAt = Number(breach!.breachId.split('/').at(-1));
  expect((toldAt - climbsFrom) / MINUTE_MS).toBeLessThanOrEqual(112 - 15);
  expect(breach!.recommendations[0]).toMatchObject({
    action: 'kinesis-capacity',
    parameters: { streamName: STREAM, shards: 2 },
    costPerHourUsd: 0.015,
  });
});

test('what is steady has forecasts with its limits, and is no breach', async () => {
  const table = await capacityOf(TABLE);
  const writes = table.forecasts.find(({ metric }) => metric === 'write-units')!;

  expect(writes.unit).toBe('units a second');
  expect(writes.mean[0]).toBeCloseTo(2, 1);
  expect(table.limits.find(({ name }) => name === 'Write capacity')).toMatchObject({ value: 20, used: 0.1 });
  expect(await breachesOf(TABLE)).toEqual([]);
  expect((await capacityOf(STREAM)).limits.map(({ unit }) => unit).sort()).toEqual([
    'bytes a second',
    'records a second',
  ]);
});

test('a budget that is spent is told once, though not a day is known', async () => {
  const breaches = await breachesOf('123456789012');
  const budgets = breaches.filter(({ limit }) => limit.kind === 'budget');

  expect(budgets).toHaveLength(1);
  expect(budgets[0]).toMatchObject({
    change: 'happened',
    limit: { value: 1, unit: 'USD' },
    resource: { type: 'account' },
  });
});

test('how good the forecasts were is told, series by series', async () => {
  const answer = await prediction.ask({ kind: 'scores' });
  const scores = answer.kind === 'scores' ? answer.scores : [];
  const bytes = scores.find(({ metric }) => metric === 'incoming-bytes')!;

  expect(bytes.recent!.wape).toBeLessThan(bytes.recent!.naiveWape);
  expect(bytes.days.map(({ day }) => day)).toEqual(['2026-01-15']);
  expect(bytes.ways.find(({ name }) => name === 'naive')).toMatchObject({ ratioToNaive: 1, isUsed: true });
  expect(scores.map(({ resource }) => resource.name)).toContain('shop');
});

test('when the stream rests, the prediction is withdrawn', async () => {
  await pass(25, () => 50_000);

  expect((await breachesOf(STREAM)).map(({ change }) => change)).toEqual(['withdrawn']);
});

test('a table that is deleted is shown no longer', async () => {
  await prediction.sandbox.client(DynamoDBClient).send(new DeleteTableCommand({ TableName: TABLE }));
  await pass(6, () => 50_000);

  expect(await capacityOf(TABLE)).toBeUndefined();
  expect(await capacityOf(STREAM)).toBeDefined();
});
