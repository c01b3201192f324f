import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { CloudWatchSuite, MINUTE_MS } from '../testing/cloudwatch-suite.ts';

const suite = new CloudWatchSuite();

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
  const fail = () => suite.peer.put('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 1, 'Count');
  const stateOf = async (AlarmName: string) =>
    (await suite.client.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0]?.StateValue;

  test('go through their states by the clock, and tell EventBridge', async () => {
    await suite.client.send(new PutMetricAlarmCommand(alarm));
    expect(await stateOf('errors')).toBe('INSUFFICIENT_DATA');
    await suite.clock.advance(MINUTE_MS);
    expect(await stateOf('errors')).toBe('OK');
    fail();
    await suite.clock.advance(MINUTE_MS);
    expect(await stateOf('errors')).toBe('ALARM');
    await suite.clock.advance(10 * MINUTE_MS);
    expect(suite.emitted.map(({ detail }) => detail.state.value)).toEqual(['OK', 'ALARM', 'OK']);
    expect(suite.emitted[1]).toMatchObject({
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
    await suite.client.send(
      new PutMetricAlarmCommand({
        AlarmName,
        EvaluationPeriods,
        ComparisonOperator,
        DatapointsToAlarm: 1,
        Threshold: 50,
        Metrics: [metric('e', 'errors'), metric('h', 'hits'), { Id: 'rate', Expression: '100 * e / h' }],
      }),
    );
    await suite.put('errors', { Value: 6 });
    await suite.put('hits', { Value: 10 });
    await suite.clock.advance(MINUTE_MS);
    expect(await stateOf('errors')).toBe('ALARM');
  });

  test('invoke the functions that are their actions', async () => {
    const action = 'arn:aws:lambda:us-east-1:123456789012:function:page';
    await suite.client.send(new PutMetricAlarmCommand({ ...alarm, AlarmActions: [action] }));
    await suite.client.send(
      new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a test' }),
    );
    expect(suite.invoked.map(({ functionName }) => functionName)).toEqual([action]);
    expect(JSON.parse(String(suite.invoked[0]?.payload))).toMatchObject({
      alarmData: { state: { value: 'ALARM', reason: 'a test' } },
    });
  });

  test('are composed by a rule', async () => {
    await suite.client.send(new PutMetricAlarmCommand(alarm));
    await suite.client.send(new PutMetricAlarmCommand({ ...alarm, AlarmName: 'other', MetricName: 'Throttles' }));
    const AlarmRule = '(ALARM(errors) OR ALARM("other")) AND NOT INSUFFICIENT_DATA(other) AND TRUE';
    await suite.client.send(new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule }));
    fail();
    await suite.clock.advance(MINUTE_MS);
    const AlarmTypes = ['CompositeAlarm' as const];
    const { CompositeAlarms, MetricAlarms } = await suite.client.send(new DescribeAlarmsCommand({ AlarmTypes }));
    expect(MetricAlarms).toEqual([]);
    expect(CompositeAlarms).toMatchObject([{ AlarmName: 'both', AlarmRule, StateValue: 'ALARM' }]);
    expect(suite.emitted.at(-1)).toMatchObject({
      detail: { alarmName: 'both', configuration: { alarmRule: AlarmRule } },
    });
    await suite.clock.advance(10 * MINUTE_MS);
    expect(suite.emitted.at(-1)).toMatchObject({ detail: { alarmName: 'both', state: { value: 'OK' } } });
  });

  test.each(['ALARM(missing)', 'ALARM(errors', 'AND ALARM(errors)', 'ALARM(errors) ALARM(errors)', 'nonsense', ''])(
    'refuse the rule %j',
    async (AlarmRule) => {
      await suite.client.send(new PutMetricAlarmCommand(alarm));
      const refused = suite.client.send(new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule }));
      await expect(refused).rejects.toThrow('AlarmRule');
    },
  );

  test('end when they are deleted', async () => {
    await suite.client.send(new PutMetricAlarmCommand(alarm));
    await suite.client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));
    fail();
    await suite.clock.advance(5 * MINUTE_MS);
    expect(suite.emitted).toEqual([]);
    expect(await stateOf('errors')).toBeUndefined();
  });

  test.each([
    [{ AlarmActions: ['arn:aws:ssm:us-east-1:123456789012:opsitem:1'] }, 'arn:aws:ssm'],
    [{ DatapointsToAlarm: 3 }, 'DatapointsToAlarm'],
    [{ Statistic: undefined, ExtendedStatistic: 'tm90' }, 'tm90'],
    [{ ThresholdMetricId: 'a' }, 'ThresholdMetricId'],
    [{ MetricName: undefined }, 'MetricName'],
  ])('refuse %j', async (change, reason) => {
    const refused = suite.client.send(new PutMetricAlarmCommand({ ...alarm, ...change }));
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  });
});
