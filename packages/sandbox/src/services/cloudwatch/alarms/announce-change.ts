import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { fromWireDimensions } from '../metrics/wire-metric.ts';
import { type Alarm, type AnnouncedAlarm, alarmQueries, type StateRecord } from './alarm.ts';
import { publishChange } from './publish-change.ts';
import { alarmTime } from './state-reason.ts';

/** Tells EventBridge of an alarm's change of state, and the functions and topics that are its actions. */
export function announceChange(
  context: ServiceContext,
  alarm: AnnouncedAlarm,
  previous: StateRecord,
  configuration: Readonly<Record<string, unknown>>,
): void {
  const { AlarmName: alarmName, AlarmDescription: description } = alarm.settings;
  const detail = {
    alarmName,
    state: renderState(alarm.state),
    previousState: renderState(previous),
    configuration: { ...(description ? { description } : {}), ...configuration },
  };
  context.peers.events.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail,
  });
  if (alarm.areActionsEnabled) {
    void context.track(takeActions(context, alarm, previous, detail)).catch(context.report);
  }
}

/** Throws `InvalidParameterValueException` for an action that the sandbox cannot carry out: it has functions and topics. */
export function assertActions(alarm: AnnouncedAlarm['settings']): void {
  for (const action of [
    ...(alarm.AlarmActions ?? []),
    ...(alarm.OKActions ?? []),
    ...(alarm.InsufficientDataActions ?? []),
  ]) {
    if (/^arn:aws:(lambda|sns):/.test(action)) continue;
    throw new ApiError('InvalidParameterValueException', `The sandbox does not emulate the alarm action ${action}.`);
  }
}

async function takeActions(
  context: ServiceContext,
  alarm: AnnouncedAlarm,
  previous: StateRecord,
  alarmData: unknown,
): Promise<void> {
  const { settings, state } = alarm;
  const actions = {
    ALARM: settings.AlarmActions,
    OK: settings.OKActions,
    INSUFFICIENT_DATA: settings.InsufficientDataActions,
  };
  for (const action of actions[state.value] ?? []) {
    if (action.startsWith('arn:aws:sns:')) await publishChange(context, alarm, previous, action);
    else await invokeAction(context, alarm, action, alarmData);
  }
}

async function invokeAction(
  context: ServiceContext,
  alarm: AnnouncedAlarm,
  functionName: string,
  alarmData: unknown,
): Promise<void> {
  const event = {
    source: 'aws.cloudwatch',
    alarmArn: alarm.arn,
    accountId: context.accountId,
    time: alarmTime(alarm.state.since),
    region: context.region,
    alarmData,
  };
  await context.peers.lambda.invokeAsync({
    functionName,
    payload: Buffer.from(JSON.stringify(event)),
    principal: {
      kind: 'service',
      service: 'lambda.alarms.cloudwatch.amazonaws.com',
      sourceArn: alarm.arn,
      sourceAccount: context.accountId,
    },
  });
}

function renderState({ value, reason, reasonData, since }: StateRecord): Record<string, unknown> {
  return { value, reason, ...(reasonData ? { reasonData } : {}), timestamp: alarmTime(since) };
}

/** The metrics of an alarm, as its events show them. */
export function metricConfiguration(alarm: Alarm): Readonly<Record<string, unknown>> {
  return { metrics: alarmQueries(alarm).map(renderQuery) };
}

function renderQuery(query: ReturnType<typeof alarmQueries>[number]): Record<string, unknown> {
  const { Id: id, Expression: expression, Label: label, MetricStat: stat, ReturnData: returnData = true } = query;
  return {
    id,
    ...(expression === undefined ? {} : { expression }),
    ...(label === undefined ? {} : { label }),
    ...(stat
      ? {
          metricStat: {
            metric: {
              namespace: stat.Metric.Namespace,
              name: stat.Metric.MetricName,
              dimensions: fromWireDimensions(stat.Metric.Dimensions),
            },
            period: stat.Period,
            stat: stat.Stat,
          },
        }
      : {}),
    returnData,
  };
}
