import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import type { AlarmSettings } from '../alarms/alarm.ts';
import { putAlarm } from '../alarms/put-alarm.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';
import type { MetricDataQuery } from '../metrics/metric-query.ts';

const KNOWN = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Period',
  'Unit',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
  'Metrics',
  'Tags',
];
/** Templates may give numbers and booleans as text. */
const NUMBERS = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'];

/** `AWS::CloudWatch::Alarm`: Ref is its name, `Arn` its ARN. An update keeps the alarm's state, as PutMetricAlarm does. */
export function alarmResource(state: CloudWatchState): ResourceProvider {
  const put = (request: ResourceRequest): CreatedResource => {
    const alarm = putAlarm(state, read(request));
    return { ref: alarm.settings.AlarmName, attributes: { Arn: alarm.arn } };
  };
  return {
    create: async (request) => put(request),
    async update(created, request) {
      const updated = put(request);
      if (updated.ref !== created.ref) state.monitor.alarms.delete(created.ref);
      return updated;
    },
    async delete({ ref }) {
      state.monitor.alarms.delete(ref);
    },
  };
}

function read(request: ResourceRequest): AlarmSettings {
  refuseUnknownProperties('AWS::CloudWatch::Alarm', request.properties, KNOWN);
  const properties: Record<string, unknown> = { AlarmName: physicalName(request), ...request.properties };
  for (const name of NUMBERS) if (properties[name] !== undefined) properties[name] = Number(properties[name]);
  if (properties.ActionsEnabled !== undefined) properties.ActionsEnabled = String(properties.ActionsEnabled) === 'true';
  if (Array.isArray(properties.Metrics)) properties.Metrics = properties.Metrics.map(toQuery);
  return properties as unknown as AlarmSettings;
}

function toQuery(query: MetricDataQuery): MetricDataQuery {
  const { MetricStat, ReturnData, Period, ...rest } = query;
  return {
    ...rest,
    ...(MetricStat ? { MetricStat: { ...MetricStat, Period: Number(MetricStat.Period) } } : {}),
    ...(Period === undefined ? {} : { Period: Number(Period) }),
    ...(ReturnData === undefined ? {} : { ReturnData: String(ReturnData) === 'true' }),
  };
}
