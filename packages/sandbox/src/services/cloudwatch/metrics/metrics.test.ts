import {
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutDashboardCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { CloudWatchSuite, MINUTE_MS, START, stat, TEN_MINUTES } from '../testing/cloudwatch-suite.ts';

const suite = new CloudWatchSuite();

describe('GetMetricData', () => {
  test.each([
    ['SampleCount', 100],
    ['Sum', 5050],
    ['Average', 50.5],
    ['Minimum', 1],
    ['Maximum', 100],
    ['p50', 50.5],
    ['p99', 99.01],
  ])('reads %s', async (Stat, expected) => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    await suite.put('latency', { Timestamp: new Date(START), Values: values.slice(0, 50) });
    await suite.put('latency', {
      Timestamp: new Date(START),
      Values: values.slice(50),
      Counts: values.slice(50).map(() => 1),
    });
    const query = new GetMetricDataCommand({
      ...TEN_MINUTES,
      MetricDataQueries: [{ Id: 'm', MetricStat: stat('latency', Stat) }],
    });
    const { MetricDataResults } = await suite.client.send(query);
    expect(MetricDataResults?.[0]).toMatchObject({ Id: 'm', Label: 'latency', StatusCode: 'Complete' });
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([new Date(START)]);
    expect(MetricDataResults?.[0]?.Values?.[0]).toBeCloseTo(expected, 9);
  });

  test('adds statistic sets, whose percentiles are not known', async () => {
    await suite.put('size', {
      Timestamp: new Date(START),
      StatisticValues: { SampleCount: 4, Sum: 20, Minimum: 1, Maximum: 9 },
    });
    await suite.put('size', { Timestamp: new Date(START), Value: 30 });
    const query = new GetMetricDataCommand({
      ...TEN_MINUTES,
      MetricDataQueries: [
        { Id: 'a', MetricStat: stat('size', 'Average') },
        { Id: 'p', MetricStat: stat('size', 'p90') },
      ],
    });
    const { MetricDataResults } = await suite.client.send(query);
    expect(MetricDataResults?.map(({ Values }) => Values)).toEqual([[10], []]);
  });

  test('aligns periods, orders by ScanBy, and pages', async () => {
    for (let minute = 0; minute < 10; minute++) {
      await suite.put('hits', { Timestamp: new Date(START + minute * MINUTE_MS + 1_000), Value: 1 });
    }
    const ask = (more: object) =>
      suite.client.send(
        new GetMetricDataCommand({
          ...TEN_MINUTES,
          MetricDataQueries: [{ Id: 'm', MetricStat: stat('hits', 'Sum', 300) }],
          ...more,
        }),
      );
    const down = await ask({});
    expect(down.MetricDataResults?.[0]).toMatchObject({
      Timestamps: [new Date(START + 5 * MINUTE_MS), new Date(START)],
      Values: [5, 5],
    });
    const first = await ask({ ScanBy: 'TimestampAscending', MaxDatapoints: 1 });
    expect(first.MetricDataResults?.[0]).toMatchObject({ Timestamps: [new Date(START)], StatusCode: 'PartialData' });
    const second = await ask({ ScanBy: 'TimestampAscending', MaxDatapoints: 1, NextToken: first.NextToken });
    expect(second.MetricDataResults?.[0]?.Timestamps).toEqual([new Date(START + 5 * MINUTE_MS)]);
    expect(second.NextToken).toBeUndefined();
  });

  test('calculates with metrics', async () => {
    await suite.put('errors', { Timestamp: new Date(START), Value: 5 });
    await suite.put('hits', { Timestamp: new Date(START), Value: 20 });
    await suite.put('hits', { Timestamp: new Date(START + MINUTE_MS), Value: 10 });
    const ask = async (Expression: string) => {
      const MetricDataQueries = [
        { Id: 'e', MetricStat: stat('errors', 'Sum'), ReturnData: false },
        { Id: 'h', MetricStat: stat('hits', 'Sum'), ReturnData: false },
        { Id: 'x', Expression },
      ];
      const command = new GetMetricDataCommand({ ...TEN_MINUTES, ScanBy: 'TimestampAscending', MetricDataQueries });
      return (await suite.client.send(command)).MetricDataResults?.[0]?.Values;
    };
    expect(await ask('100 * e / h')).toEqual([25]);
    expect(await ask('FILL(e, 0) - (h - 1)')).toEqual([-14, -9]);
    expect(await ask('SUM([e, h])')).toEqual([25, 10]);
    expect(await ask('MAX(METRICS())')).toEqual([20, 10]);
    await expect(ask('ANOMALY_DETECTION_BAND(e)')).rejects.toThrow('ANOMALY_DETECTION_BAND');
    await expect(ask('q + 1')).rejects.toThrow('Unknown id q');
  });
});

describe('PutMetricData', () => {
  test.each([
    ['a reserved namespace', { Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'm', Value: 1 }] }, 'reserved'],
    [
      'an old time',
      { Namespace: 'n', MetricData: [{ MetricName: 'm', Value: 1, Timestamp: new Date(START - 15 * 86_400_000) }] },
      'two weeks',
    ],
    [
      'a future time',
      { Namespace: 'n', MetricData: [{ MetricName: 'm', Value: 1, Timestamp: new Date(START + 8_000_000) }] },
      'two hours',
    ],
    ['151 values', { Namespace: 'n', MetricData: [{ MetricName: 'm', Values: Array(151).fill(1) }] }, '150'],
    [
      'counts that do not fit',
      { Namespace: 'n', MetricData: [{ MetricName: 'm', Values: [1], Counts: [1, 2] }] },
      'same number',
    ],
    ['no value', { Namespace: 'n', MetricData: [{ MetricName: 'm' }] }, 'exactly one'],
    ['1,001 metrics', { Namespace: 'n', MetricData: Array(1_001).fill({ MetricName: 'm', Value: 1 }) }, '1000'],
  ])('refuses %s', async (_name, input, reason) => {
    const refused = suite.client.send(new PutMetricDataCommand(input));
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  });

  test('takes the gzip bodies that the SDK makes of large requests', async () => {
    const MetricData = Array.from({ length: 500 }, (_, index) => ({ MetricName: `metric-${index}`, Value: index }));
    await suite.client.send(new PutMetricDataCommand({ Namespace: 'shop', MetricData }));
    const { Metrics } = await suite.client.send(new ListMetricsCommand({ Namespace: 'shop' }));
    expect(Metrics).toHaveLength(500);
  });
});

describe('reading metrics', () => {
  test('GetMetricStatistics counts periods from its start', async () => {
    suite.peer.put('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 1, 'Count', START + 5 * MINUTE_MS);
    suite.peer.put('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 2, 'Count', START + 9 * MINUTE_MS);
    const { Datapoints } = await suite.client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
        StartTime: new Date(START + 4 * MINUTE_MS),
        EndTime: new Date(START + 14 * MINUTE_MS),
        Period: 300,
        Statistics: ['Sum', 'Maximum'],
        ExtendedStatistics: ['p50'],
      }),
    );
    expect(Datapoints).toEqual([
      { Timestamp: new Date(START + 4 * MINUTE_MS), Unit: 'Count', Sum: 1, Maximum: 1, ExtendedStatistics: { p50: 1 } },
      { Timestamp: new Date(START + 9 * MINUTE_MS), Unit: 'Count', Sum: 2, Maximum: 2, ExtendedStatistics: { p50: 2 } },
    ]);
  });

  test('ListMetrics selects by namespace, name and dimension', async () => {
    suite.peer.put('a', 'm', { x: '1' }, 1, 'None');
    suite.peer.put('a', 'm', { x: '2', y: '1' }, 1, 'None');
    suite.peer.put('b', 'm', {}, 1, 'None');
    const list = async (input: object) => (await suite.client.send(new ListMetricsCommand(input))).Metrics?.length;
    expect(await list({ Namespace: 'a' })).toBe(2);
    expect(await list({ Dimensions: [{ Name: 'x', Value: '2' }] })).toBe(1);
    expect(await list({ Dimensions: [{ Name: 'x' }] })).toBe(2);
    expect(await list({ MetricName: 'other' })).toBe(0);
  });

  test('keeps dashboards', async () => {
    await suite.client.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '{"widgets":[]}' }));
    const found = await suite.client.send(new GetDashboardCommand({ DashboardName: 'd' }));
    expect(found.DashboardBody).toBe('{"widgets":[]}');
  });
});
