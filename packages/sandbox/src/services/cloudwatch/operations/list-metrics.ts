import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';
import type { MetricIdentity } from '../metrics/metric-store.ts';
import { toWireDimensions } from '../metrics/wire-metric.ts';

interface ListMetrics {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly NextToken?: string;
  readonly RecentlyActive?: string;
}

const PAGE_SIZE = 500;

export function listMetrics({ store }: CloudWatchState): JsonOperation {
  return {
    permissions: () => [{ action: 'cloudwatch:ListMetrics', resource: '*' }],
    handle(input: ListMetrics) {
      if (input.RecentlyActive)
        throw new ApiError(
          'InvalidParameterValueException',
          'The sandbox does not emulate ListMetrics RecentlyActive.',
        );
      const offset = input.NextToken === undefined ? 0 : Number(input.NextToken);
      if (!Number.isInteger(offset))
        throw new ApiError('InvalidParameterValueException', 'The parameter NextToken is invalid.');
      const found = store.list().filter((metric) => isAskedFor(metric, input));
      const end = offset + PAGE_SIZE;
      return {
        Metrics: found.slice(offset, end).map(({ namespace, metricName, dimensions }) => ({
          Namespace: namespace,
          MetricName: metricName,
          Dimensions: toWireDimensions(dimensions),
        })),
        ...(end < found.length ? { NextToken: String(end) } : {}),
      };
    },
  };
}

function isAskedFor(metric: MetricIdentity, { Namespace, MetricName, Dimensions = [] }: ListMetrics): boolean {
  return (
    (Namespace ?? metric.namespace) === metric.namespace &&
    (MetricName ?? metric.metricName) === metric.metricName &&
    Dimensions.every(({ Name, Value }) => {
      const value = metric.dimensions[Name];
      return value !== undefined && (Value ?? value) === value;
    })
  );
}
