import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InvokeRequest, MetricsPeer, Peers } from '../../core/peers.ts';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createCloudWatch } from './index.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

interface Emitted {
  readonly source: string;
  readonly detailType: string;
  readonly detail: {
    readonly state: { readonly value: string; readonly reason: string };
    readonly configuration: unknown;
  };
}

let clock: VirtualClock;
let emitted: Emitted[];
let invoked: InvokeRequest[];
let lone: LoneService<MetricsPeer>;
let cloudWatch: CloudWatchClient;

beforeEach(async () => {
  clock = new VirtualClock(START);
  emitted = [];
  invoked = [];
  const peers = {
    events: { emit: (event: Emitted) => emitted.push(event) },
    lambda: { invokeAsync: async (request: InvokeRequest) => invoked.push(request) },
  } as unknown as Partial<Peers>;
  lone = await startLoneService(createCloudWatch, { clock, peers });
  cloudWatch = new CloudWatchClient(lone.clientConfig);
});

afterEach(async () => {
  cloudWatch.destroy();
  await lone.stop();
});

const put = (MetricName: string, datum: object) =>
  cloudWatch.send(new PutMetricDataCommand({ Namespace: 'shop', MetricData: [{ MetricName, ...datum }] }));

const range = { StartTime: new Date(START), EndTime: new Date(START + 10 * MINUTE_MS) };

const stat = (MetricName: string, Stat: string, Period = 60) => ({
  Metric: { Namespace: 'shop', MetricName },
  Stat,
  Period,
});

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
    await put('latency', { Timestamp: new Date(START), Values: values.slice(0, 50) });
    await put('latency', {
      Timestamp: new Date(START),
      Values: values.slice(50),
      Counts: values.slice(50).map(() => 1),
    });
    const query = new GetMetricDataCommand({
      ...range,
      MetricDataQueries: [{ Id: 'm', MetricStat: stat('latency', Stat) }],
    });
    const { MetricDataResults } = await cloudWatch.send(query);
    expect(MetricDataResults?.[0]).toMatchObject({ Id: 'm', Label: 'latency', StatusCode: 'Complete' });
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([new Date(START)]);
    expect(MetricDataResults?.[0]?.Values?.[0]).toBeCloseTo(expected, 9);
  });

  test('adds statistic sets, whose percentiles are not known', async () => {
    await put('size', {
      Timestamp: new Date(START),
      StatisticValues: { SampleCount: 4, Sum: 20, Minimum: 1, Maximum: 9 },
    });
    await put('size', { Timestamp: new Date(START), Value: 30 });
    const query = new GetMetricDataCommand({
      ...range,
      MetricDataQueries: [
        { Id: 'a', MetricStat: stat('size', 'Average') },
        { Id: 'p', MetricStat: stat('size', 'p90') },
      ],
    });
    const { MetricDataResults } = await cloudWatch.send(query);
    expect(MetricDataResults?.map(({ Values }) => Values)).toEqual([[10], []]);
  });

  test('aligns periods, orders by ScanBy, and pages', async () => {
    for (let minute = 0; minute < 10; minute++) {
      await put('hits', { Timestamp: new Date(START + minute * MINUTE_MS + 1_000), Value: 1 });
    }
    const ask = (more: object) =>
      cloudWatch.send(
        new GetMetricDataCommand({
          ...range,
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
    await put('errors', { Timestamp: new Date(START), Value: 5 });
    await put('hits', { Timestamp: new Date(START), Value: 20 });
    await put('hits', { Timestamp: new Date(START + MINUTE_MS), Value: 10 });
    const ask = async (Expression: string) => {
      const MetricDataQueries = [
        { Id: 'e', MetricStat: stat('errors', 'Sum'), ReturnData: false },
        { Id: 'h', MetricStat: stat('hits', 'Sum'), ReturnData: false },
        { Id: 'x', Expression },
      ];
      const command = new GetMetricDataCommand({ ...range, ScanBy: 'TimestampAscending', MetricDataQueries });
      return (await cloudWatch.send(command)).MetricDataResults?.[0]?.Values;
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
    const refused = cloudWatch.send(new PutMetricDataCommand(input));
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  });

  test('takes the gzip bodies that the SDK makes of large requests', async () => {
    const MetricData = Array.from({ length: 500 }, (_, index) => ({ MetricName: `metric-${index}`, Value: index }));
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'shop', MetricData }));
    const { Metrics } = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'shop' }));
    expect(Metrics).toHaveLength(500);
  });
});

describe('reading metrics', () => {
  test('GetMetricStatistics counts periods from its start', async () => {
    lone.peer.put('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 1, 'Count', START + 5 * MINUTE_MS);
    lone.peer.put('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 2, 'Count', START + 9 * MINUTE_MS);
    const { Datapoints } = await cloudWatch.send(
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
    lone.peer.put('a', 'm', { x: '1' }, 1, 'None');
    lone.peer.put('a', 'm', { x: '2', y: '1' }, 1, 'None');
    lone.peer.put('b', 'm', {}, 1, 'None');
    const list = async (input: object) => (await cloudWatch.send(new ListMetricsCommand(input))).Metrics?.length;
    expect(await list({ Namespace: 'a' })).toBe(2);
    expect(await list({ Dimensions: [{ Name: 'x', Value: '2' }] })).toBe(1);
    expect(await list({ Dimensions: [{ Name: 'x' }] })).toBe(2);
    expect(await list({ MetricName: 'other' })).toBe(0);
  });

  test('keeps dashboards', async () => {
    await cloudWatch.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '{"widgets":[]}' }));
    const found = await cloudWatch.send(new GetDashboardCommand({ DashboardName: 'd' }));
    expect(found.DashboardBody).toBe('{"widgets":[]}');
  });
});

describe('alarms', () => {
  const alarm = {
    AlarmName: 'errors',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
    Statistic: 'Sum' as const,
    Period: 60,
    EvaluationPeriods: 2,
    DatapointsToAlarm: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
    TreatMissingData: 'notBreaching',
  };
  const fail = () => lone.peer.put('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 1, 'Count');
  const stateOf = async (AlarmName: string) =>
    (await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0]?.StateValue;

  test('go through their states by the clock, and tell EventBridge', async () => {
    await cloudWatch.send(new PutMetricAlarmCommand(alarm));
    expect(await stateOf('errors')).toBe('INSUFFICIENT_DATA');
    await clock.advance(MINUTE_MS);
    expect(await stateOf('errors')).toBe('OK');
    fail();
    await clock.advance(MINUTE_MS);
    expect(await stateOf('errors')).toBe('ALARM');
    await clock.advance(10 * MINUTE_MS);
    expect(emitted.map(({ detail }) => detail.state.value)).toEqual(['OK', 'ALARM', 'OK']);
    expect(emitted[1]).toMatchObject({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'],
      detail: {
        alarmName: 'errors',
        state: {
          value: 'ALARM',
          reason:
            'Threshold Crossed: 1 out of the last 2 datapoints [1.0 (01/01/26 00:01:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
          timestamp: '2026-01-01T00:02:00.000+0000',
        },
        previousState: { value: 'OK' },
        configuration: {
          metrics: [
            {
              metricStat: {
                metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'f' } },
                period: 60,
                stat: 'Sum',
              },
              returnData: true,
            },
          ],
        },
      },
    });
  });

  test('evaluate expressions', async () => {
    const metric = (Id: string, MetricName: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'shop', MetricName }, Period: 60, Stat: 'Sum' },
    });
    const { AlarmName, EvaluationPeriods, ComparisonOperator } = alarm;
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        EvaluationPeriods,
        ComparisonOperator,
        DatapointsToAlarm: 1,
        Threshold: 50,
        Metrics: [metric('e', 'errors'), metric('h', 'hits'), { Id: 'rate', Expression: '100 * e / h' }],
      }),
    );
    await put('errors', { Value: 6 });
    await put('hits', { Value: 10 });
    await clock.advance(MINUTE_MS);
    expect(await stateOf('errors')).toBe('ALARM');
  });

  test('invoke the functions that are their actions', async () => {
    const action = 'arn:aws:lambda:us-east-1:123456789012:function:page';
    await cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, AlarmActions: [action] }));
    await cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a test' }),
    );
    expect(invoked.map(({ functionName }) => functionName)).toEqual([action]);
    expect(JSON.parse(String(invoked[0]?.payload))).toMatchObject({
      alarmData: { state: { value: 'ALARM', reason: 'a test' } },
    });
  });

  test('are composed by a rule', async () => {
    await cloudWatch.send(new PutMetricAlarmCommand(alarm));
    await cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, AlarmName: 'other', MetricName: 'Throttles' }));
    const AlarmRule = '(ALARM(errors) OR ALARM("other")) AND NOT INSUFFICIENT_DATA(other) AND TRUE';
    await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule }));
    fail();
    await clock.advance(MINUTE_MS);
    const AlarmTypes = ['CompositeAlarm' as const];
    const { CompositeAlarms, MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes }));
    expect(MetricAlarms).toEqual([]);
    expect(CompositeAlarms).toMatchObject([{ AlarmName: 'both', AlarmRule, StateValue: 'ALARM' }]);
    expect(emitted.at(-1)).toMatchObject({ detail: { alarmName: 'both', configuration: { alarmRule: AlarmRule } } });
    await clock.advance(10 * MINUTE_MS);
    expect(emitted.at(-1)).toMatchObject({ detail: { alarmName: 'both', state: { value: 'OK' } } });
  });

  test.each(['ALARM(missing)', 'ALARM(errors', 'AND ALARM(errors)', 'ALARM(errors) ALARM(errors)', 'nonsense', ''])(
    'refuse the rule %j',
    async (AlarmRule) => {
      await cloudWatch.send(new PutMetricAlarmCommand(alarm));
      const refused = cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule }));
      await expect(refused).rejects.toThrow('AlarmRule');
    },
  );

  test('end when they are deleted', async () => {
    await cloudWatch.send(new PutMetricAlarmCommand(alarm));
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));
    fail();
    await clock.advance(5 * MINUTE_MS);
    expect(emitted).toEqual([]);
    expect(await stateOf('errors')).toBeUndefined();
  });

  test.each([
    [{ AlarmActions: ['arn:aws:ssm:us-east-1:123456789012:opsitem:1'] }, 'arn:aws:ssm'],
    [{ DatapointsToAlarm: 3 }, 'DatapointsToAlarm'],
    [{ Statistic: undefined, ExtendedStatistic: 'tm90' }, 'tm90'],
    [{ ThresholdMetricId: 'a' }, 'ThresholdMetricId'],
    [{ MetricName: undefined }, 'MetricName'],
  ])('refuse %j', async (change, reason) => {
    const refused = cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, ...change }));
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  });
});

describe('the query protocol', () => {
  const call = async (form: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ ...form, Version: '2010-08-01' });
    const response = await fetch(lone.clientConfig.endpoint, { method: 'POST', body });
    return response.text();
  };
  const metric = { Namespace: 'shop', 'MetricData.member.1.MetricName': 'hits' };

  test('puts and reads what JSON does', async () => {
    await call({
      Action: 'PutMetricData',
      ...metric,
      'MetricData.member.1.Value': '4',
      'MetricData.member.1.Timestamp': '2026-01-01T00:00:30Z',
      'MetricData.member.1.Dimensions.member.1.Name': 'store',
      'MetricData.member.1.Dimensions.member.1.Value': '12',
    });
    const answer = await call({
      Action: 'GetMetricStatistics',
      Namespace: 'shop',
      MetricName: 'hits',
      'Dimensions.member.1.Name': 'store',
      'Dimensions.member.1.Value': '12',
      StartTime: '2026-01-01T00:00:00Z',
      EndTime: '2026-01-01T01:00:00Z',
      Period: '60',
      'Statistics.member.1': 'Sum',
      'ExtendedStatistics.member.1': 'p50',
    });
    expect(answer).toContain('<member><Timestamp>2026-01-01T00:00:00.000Z</Timestamp>');
    expect(answer).toContain('<Sum>4</Sum>');
    expect(answer).toContain('<ExtendedStatistics><entry><key>p50</key><value>4</value></entry></ExtendedStatistics>');
  });

  test('words its errors in its own way', async () => {
    expect(await call({ Action: 'PutMetricData', ...metric })).toContain('<Code>InvalidParameterValue</Code>');
    expect(await call({ Action: 'DescribeAnomalyDetectors' })).toContain('DescribeAnomalyDetectors');
  });
});
