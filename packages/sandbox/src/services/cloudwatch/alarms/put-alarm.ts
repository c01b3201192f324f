import { ApiError } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';
import type { Alarm, AlarmSettings } from './alarm.ts';
import { assertActions } from './announce-change.ts';

/** Members of PutMetricAlarm that the sandbox would have to ignore. */
const NOT_EMULATED = [
  'ThresholdMetricId',
  'EvaluateLowSampleCountPercentile',
  'EvaluationCriteria',
  'EvaluationInterval',
];

/** Creates or replaces a metric alarm. Throws `ValidationError` for one that is incomplete, by name for one that is not emulated. */
export function putAlarm({ monitor }: CloudWatchState, settings: AlarmSettings): Alarm {
  const given = NOT_EMULATED.filter((name) => (settings as unknown as Record<string, unknown>)[name] !== undefined);
  if (given.length > 0) throw invalid(`The sandbox does not emulate PutMetricAlarm ${given.join(', ')}.`);
  assertActions(settings);
  const { EvaluationPeriods, DatapointsToAlarm = 1, Metrics, MetricName, Namespace, Period, Threshold } = settings;
  if (!settings.AlarmName) throw invalid('The parameter AlarmName is required.');
  if (!(EvaluationPeriods >= 1)) throw invalid('The parameter EvaluationPeriods must be at least 1.');
  if (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods) {
    throw invalid('DatapointsToAlarm must be between 1 and EvaluationPeriods.');
  }
  if (Threshold === undefined) throw invalid('The parameter Threshold is required.');
  if (!COMPARISONS.has(settings.ComparisonOperator)) {
    throw invalid(`The sandbox does not emulate the comparison ${settings.ComparisonOperator}.`);
  }
  if (!Metrics?.length && !(MetricName && Namespace && Period && (settings.Statistic ?? settings.ExtendedStatistic))) {
    throw invalid('An alarm needs Metrics, or MetricName, Namespace, Period and a statistic.');
  }
  return monitor.put(settings);
}

const COMPARISONS: ReadonlySet<string> = new Set([
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
]);

function invalid(message: string): ApiError {
  return new ApiError('ValidationError', message);
}
