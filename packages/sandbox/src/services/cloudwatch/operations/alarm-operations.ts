import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type RequiredPermission } from '../../../core/service.ts';
import type { Alarm, AlarmSettings, AlarmState } from '../alarms/alarm.ts';
import type { CompositeAlarm, CompositeSettings } from '../alarms/composite-alarms.ts';
import { putAlarm } from '../alarms/put-alarm.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';

interface DescribeAlarms {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly string[];
  readonly StateValue?: AlarmState;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

interface SetAlarmState {
  readonly AlarmName: string;
  readonly StateValue: AlarmState;
  readonly StateReason: string;
  readonly StateReasonData?: string;
}

interface AlarmNames {
  readonly AlarmNames: readonly string[];
}

/** PutMetricAlarm, PutCompositeAlarm, DescribeAlarms, DeleteAlarms, SetAlarmState, EnableAlarmActions, DisableAlarmActions. */
export function alarmOperations(state: CloudWatchState): Record<string, JsonOperation> {
  const { context, monitor, composites } = state;
  const onAlarms = (action: string, names: readonly string[]): readonly RequiredPermission[] =>
    names.map((name) => ({
      action: `cloudwatch:${action}`,
      resource: `arn:aws:cloudwatch:${context.region}:${context.accountId}:alarm:${name}`,
    }));
  const switchActions = (action: string, areEnabled: boolean): JsonOperation => ({
    permissions: (input: AlarmNames) => onAlarms(action, input.AlarmNames),
    handle(input: AlarmNames) {
      for (const name of input.AlarmNames) monitor.alarm(name).areActionsEnabled = areEnabled;
    },
  });
  return {
    PutMetricAlarm: {
      permissions: (input: AlarmSettings) => onAlarms('PutMetricAlarm', [input.AlarmName]),
      handle: (input: AlarmSettings) => void putAlarm(state, input),
    },
    PutCompositeAlarm: {
      permissions: (input: CompositeSettings) => onAlarms('PutCompositeAlarm', [input.AlarmName]),
      handle: (input: CompositeSettings) => void composites.put(input),
    },
    DescribeAlarms: {
      permissions: (input: DescribeAlarms) => onAlarms('DescribeAlarms', input.AlarmNames ?? ['*']),
      handle: (input: DescribeAlarms) =>
        describeAlarms([...monitor.alarms.values(), ...composites.alarms.values()], input),
    },
    DeleteAlarms: {
      permissions: (input: AlarmNames) => onAlarms('DeleteAlarms', input.AlarmNames),
      handle(input: AlarmNames) {
        for (const name of input.AlarmNames) if (!composites.alarms.has(name)) monitor.alarm(name);
        for (const name of input.AlarmNames) if (!composites.alarms.delete(name)) monitor.alarms.delete(name);
      },
    },
    SetAlarmState: {
      permissions: (input: SetAlarmState) => onAlarms('SetAlarmState', [input.AlarmName]),
      handle(input: SetAlarmState) {
        monitor.changeState(monitor.alarm(input.AlarmName), {
          value: input.StateValue,
          reason: input.StateReason,
          ...(input.StateReasonData ? { reasonData: input.StateReasonData } : {}),
          since: context.clock.now(),
        });
      },
    },
    EnableAlarmActions: switchActions('EnableAlarmActions', true),
    DisableAlarmActions: switchActions('DisableAlarmActions', false),
  };
}

/** Without `AlarmTypes`, AWS describes metric alarms alone. */
function describeAlarms(alarms: readonly AnyAlarm[], input: DescribeAlarms): Record<string, unknown> {
  const offset = Number(input.NextToken ?? 0);
  if (!Number.isInteger(offset)) throw new ApiError('InvalidNextToken', 'The parameter NextToken is invalid.');
  const types = input.AlarmTypes ?? ['MetricAlarm'];
  const asked = alarms
    .filter((alarm) => types.includes(isComposite(alarm) ? 'CompositeAlarm' : 'MetricAlarm'))
    .filter(({ settings }) => input.AlarmNames?.includes(settings.AlarmName) ?? true)
    .filter(({ settings }) => settings.AlarmName.startsWith(input.AlarmNamePrefix ?? ''))
    .filter(({ state }) => (input.StateValue ?? state.value) === state.value)
    .sort((a, b) => (a.settings.AlarmName < b.settings.AlarmName ? -1 : 1));
  const end = offset + (input.MaxRecords ?? 50);
  const page = asked.slice(offset, end);
  return {
    MetricAlarms: page.filter((alarm) => !isComposite(alarm)).map(describeAlarm),
    CompositeAlarms: page.filter(isComposite).map(describeAlarm),
    ...(end < asked.length ? { NextToken: String(end) } : {}),
  };
}

type AnyAlarm = Alarm | CompositeAlarm;

function isComposite(alarm: AnyAlarm): alarm is CompositeAlarm {
  return 'rule' in alarm;
}

function describeAlarm(alarm: AnyAlarm): Record<string, unknown> {
  const { Tags: _tags, ...settings } = { Tags: undefined, ...alarm.settings };
  return {
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...(isComposite(alarm) ? {} : { Dimensions: [] }),
    ...settings,
    ActionsEnabled: alarm.areActionsEnabled,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: alarm.updatedAt / 1000,
    StateValue: alarm.state.value,
    StateReason: alarm.state.reason,
    ...(alarm.state.reasonData ? { StateReasonData: alarm.state.reasonData } : {}),
    StateUpdatedTimestamp: alarm.state.since / 1000,
    StateTransitionedTimestamp: alarm.state.since / 1000,
  };
}
