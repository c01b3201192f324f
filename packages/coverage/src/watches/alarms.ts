import type { Watch } from '../coverage-report.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, listOf, valueAt } from '../template.ts';

/** Which metrics of which dimension tell about a resource. Those that answer the question alone: one on how often it is used does not. */
export interface MetricOfResource {
  readonly namespace: string;
  readonly dimension: string;
  readonly metrics: readonly string[];
}

/** Alarms of the stack on a resource's own metrics: plain ones, metric math, and anomaly bands. */
export function alarmsOn(stack: StackView, resource: StackResource, metric: MetricOfResource): readonly Watch[] {
  return alarmsWhere(stack, resource, metric, (value) => stack.means(value, resource));
}

/** Alarms of the stack, there wherever the resource is, on metrics whose dimension has a value that the caller knows. */
export function alarmsWhere(
  stack: StackView,
  resource: StackResource,
  metric: MetricOfResource,
  isValue: (value: unknown) => boolean,
): readonly Watch[] {
  const through = stack
    .ofType('AWS::CloudWatch::Alarm')
    .filter((alarm) => stack.isThereWith(alarm, resource))
    .filter((alarm) => metricsOf(alarm).some((each) => tells(each, metric, isValue)))
    .map(({ logicalId }) => logicalId);
  return through.length === 0 ? [] : [{ kind: 'alarm', through }];
}

interface AlarmMetric {
  readonly namespace: unknown;
  readonly name: unknown;
  readonly dimensions: readonly unknown[];
}

function metricsOf(alarm: StackResource): readonly AlarmMetric[] {
  const { Namespace, MetricName, Dimensions, Metrics } = alarm.Properties ?? {};
  const several = listOf(Metrics).map((query) => {
    const metric = valueAt(query, 'MetricStat.Metric');
    return {
      namespace: valueAt(metric, 'Namespace'),
      name: valueAt(metric, 'MetricName'),
      dimensions: listOf(valueAt(metric, 'Dimensions')),
    };
  });
  return [{ namespace: Namespace, name: MetricName, dimensions: listOf(Dimensions) }, ...several];
}

function tells(alarm: AlarmMetric, metric: MetricOfResource, isValue: (value: unknown) => boolean): boolean {
  if (alarm.namespace !== metric.namespace || !metric.metrics.includes(String(alarm.name))) return false;
  return alarm.dimensions.some(
    (dimension) => isRecord(dimension) && dimension.Name === metric.dimension && isValue(dimension.Value),
  );
}
