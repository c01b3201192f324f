import type { MetricDataQuery } from '../metrics/metric-query.ts';
import type { WireDimension } from '../metrics/wire-metric.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What PutMetricAlarm takes. */
export interface AlarmSettings {
  readonly AlarmName: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly OKActions?: readonly string[];
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Dimensions?: readonly WireDimension[];
  readonly Period?: number;
  readonly Unit?: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: ComparisonOperator;
  readonly TreatMissingData?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  readonly Metrics?: readonly MetricDataQuery[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export type ComparisonOperator =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

export interface StateRecord {
  readonly value: AlarmState;
  readonly reason: string;
  readonly reasonData?: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** What every kind of alarm has. */
export interface AnnouncedAlarm {
  readonly arn: string;
  readonly settings: {
    readonly AlarmName: string;
    readonly AlarmDescription?: string;
    readonly OKActions?: readonly string[];
    readonly AlarmActions?: readonly string[];
    readonly InsufficientDataActions?: readonly string[];
  };
  areActionsEnabled: boolean;
  state: StateRecord;
}

export interface Alarm extends AnnouncedAlarm {
  readonly settings: AlarmSettings;
  /** Id of the query in an alarm on a single metric, which the API does not name. */
  readonly metricId: string;
  readonly updatedAt: number;
}

/** An alarm's queries: those of `Metrics`, or the one that its metric and statistic make. */
export function alarmQueries({ settings, metricId }: Alarm): readonly MetricDataQuery[] {
  if (settings.Metrics?.length) return settings.Metrics;
  const { Namespace, MetricName, Dimensions, Period = 60, Statistic, ExtendedStatistic, Unit } = settings;
  const Metric = { Namespace: Namespace ?? '', MetricName: MetricName ?? '', Dimensions: Dimensions ?? [] };
  const Stat = Statistic ?? ExtendedStatistic ?? '';
  return [{ Id: metricId, ReturnData: true, MetricStat: { Metric, Period, Stat, ...(Unit ? { Unit } : {}) } }];
}

/** Seconds of one evaluated period. */
export function alarmPeriod(alarm: Alarm): number {
  const queries = alarmQueries(alarm);
  const returned = queries.find(({ ReturnData }) => ReturnData !== false);
  return (
    returned?.Period ??
    returned?.MetricStat?.Period ??
    queries.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ??
    60
  );
}
