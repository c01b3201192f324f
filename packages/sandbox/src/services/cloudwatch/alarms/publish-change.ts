import type { ServiceContext } from '../../../core/service.ts';
import type { AlarmSettings, AnnouncedAlarm, StateRecord } from './alarm.ts';
import { alarmTime } from './state-reason.ts';

/** Sends a topic the message of an alarm's change of state. Source: CloudWatch User Guide, "Notifying users on alarm changes". */
export async function publishChange(
  context: ServiceContext,
  alarm: AnnouncedAlarm,
  previous: StateRecord,
  topicArn: string,
): Promise<void> {
  const { arn, settings, state } = alarm;
  const {
    AlarmName,
    AlarmDescription = null,
    OKActions = [],
    AlarmActions = [],
    InsufficientDataActions = [],
  } = settings;
  const message = {
    AlarmName,
    AlarmDescription,
    AWSAccountId: context.accountId,
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: alarmTime(state.since),
    Region: context.region,
    AlarmArn: arn,
    OldStateValue: previous.value,
    OKActions,
    AlarmActions,
    InsufficientDataActions,
    ...trigger(settings),
  };
  const principal = {
    kind: 'service' as const,
    service: 'cloudwatch.amazonaws.com',
    sourceArn: arn,
    sourceAccount: context.accountId,
  };
  const subject = `${state.value}: "${AlarmName}" in ${context.region}`.slice(0, 99);
  await context.peers.sns.publish(topicArn, { message: JSON.stringify(message), subject }, principal);
}

/** What a metric alarm watches; a composite alarm has its rule instead. */
function trigger(settings: AnnouncedAlarm['settings']): Readonly<Record<string, unknown>> {
  if ('AlarmRule' in settings) return { AlarmRule: settings.AlarmRule };
  const { Dimensions = [], ...given } = settings as AlarmSettings;
  const { MetricName, Namespace, Statistic, ExtendedStatistic, Unit = null, Period, Metrics } = given;
  const { EvaluationPeriods, DatapointsToAlarm, ComparisonOperator, Threshold, TreatMissingData = 'missing' } = given;
  const metric = {
    MetricName,
    Namespace,
    StatisticType: ExtendedStatistic === undefined ? 'Statistic' : 'ExtendedStatistic',
    Statistic: (Statistic ?? ExtendedStatistic ?? '').toUpperCase(),
    Unit,
    Dimensions: Dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
    Period,
  };
  return {
    Trigger: {
      ...(Metrics?.length ? { Metrics } : metric),
      EvaluationPeriods,
      ...(DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm }),
      ComparisonOperator,
      Threshold,
      TreatMissingData,
    },
  };
}
