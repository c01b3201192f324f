import type { Watch } from '../coverage-report.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, listOf, valueAt } from '../template.ts';

/** Which metrics of which dimension tell about a resource. */
export interface MetricOfResource {
  readonly namespace: string;
  readonly dimension: string;
  /** Metrics that answer the question; any where absent. */
  readonly metrics?: readonly string[];
}

/** Alarms of the stack on a resource's own metrics: plain ones, metric math, and anomaly bands. */
export function alarmsOn(stack: StackView, resource: StackResource, metric: MetricOfResource): readonly Watch[] {
  const through = stack
    .ofType('AWS::CloudWatch::Alarm')
    .filter((alarm) => metricsOf(alarm).some((each) => tellsAbout(each, stack, resource, metric)))
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

function tellsAbout(alarm: AlarmMetric, stack: StackView, resource: StackResource, metric: MetricOfResource): boolean {
  if (alarm.namespace !== metric.namespace) return false;
  if (metric.metrics && !metric.metrics.includes(String(alarm.name))) return false;
  return alarm.dimensions.some(
    (dimension) => isRecord(dimension) && dimension.Name === metric.dimension && stack.means(dimension.Value, resource),
  );
}
