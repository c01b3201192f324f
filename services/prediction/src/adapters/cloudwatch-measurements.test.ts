import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { expect, test } from '@jest/globals';
import { MINUTE_MS } from '@lamplighter/prediction';
import { cloudWatchMeasurements } from './cloudwatch-measurements.ts';

const T0 = Date.UTC(2026, 0, 15);
const SOURCE = {
  namespace: 'AWS/Kinesis',
  metricName: 'IncomingBytes',
  dimensions: [{ StreamName: 'bookings' }],
  statistic: 'Sum',
  isRate: true,
} as const;
const RANGE = { from: T0, until: T0 + 4 * MINUTE_MS };

/** Pages that CloudWatch answers with, in the order in which they are asked for. */
function measured(...pages: readonly object[]) {
  let asked = 0;
  const client = Object.assign(new CloudWatchClient({ region: 'us-east-1' }), { send: async () => pages[asked++] });
  return cloudWatchMeasurements(client)(SOURCE, RANGE);
}
const result = (StatusCode: string, values: Readonly<Record<number, number>>) => ({
  StatusCode,
  Timestamps: Object.keys(values).map((minute) => new Date(T0 + Number(minute) * MINUTE_MS)),
  Values: Object.values(values),
});
const minutes = async (points: ReturnType<typeof measured>) =>
  (await points).map(({ start, value }) => [(start - T0) / MINUTE_MS, value]);

test('minutes without a datapoint are 0, but the newest is not known yet', async () => {
  expect(await minutes(measured({ MetricDataResults: [result('Complete', { 0: 60, 3: 120 })] }))).toEqual([
    [0, 1],
    [1, 0],
    [2, 0],
    [3, 2],
  ]);
  expect(await minutes(measured({ MetricDataResults: [result('Complete', { 0: 60 })] }))).toEqual([
    [0, 1],
    [1, 0],
    [2, 0],
  ]);
});

test('what comes in several pages is complete with the last', async () => {
  const first = { MetricDataResults: [result('PartialData', { 3: 60 })], NextToken: 'more' };
  const last = { MetricDataResults: [result('Complete', { 2: 60 })] };

  expect(await minutes(measured(first, last))).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
  ]);
});

test('several metrics are summed', async () => {
  const both = { MetricDataResults: [result('Complete', { 2: 60, 3: 60 }), result('Complete', { 3: 120 })] };

  expect((await minutes(measured(both))).slice(2)).toEqual([
    [2, 1],
    [3, 3],
  ]);
});

test.each([
  ['InternalError', 'MetricsIncomplete'],
  ['PartialData', 'MetricsIncomplete'],
  ['Forbidden', 'AccessDenied'],
])('%s with HTTP 200 is no measurement of nothing', async (status, name) => {
  await expect(measured({ MetricDataResults: [result(status, {})] })).rejects.toMatchObject({ name });
});
