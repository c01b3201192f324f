import { ApiError } from '../../core/service.ts';
import { compileFilterPattern } from './filter-pattern/filter-pattern.ts';
import { type GroupReference, groupName } from './log-resources.ts';
import type { LogsState } from './logs-state.ts';
import type { MetricTransformation } from './metric-filter.ts';

export interface PutMetricFilter extends GroupReference {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly metricTransformations: readonly MetricTransformation[];
}

/** Creates or replaces a metric filter; it counts events that arrive from now on. Throws `InvalidParameterException`. */
export function putMetricFilter({ context, store }: LogsState, input: PutMetricFilter): void {
  const group = store.group(groupName(input));
  if (group.logGroupClass !== 'STANDARD') {
    throw invalid(`Metric filters are not supported for log groups of class ${group.logGroupClass}.`);
  }
  if (input.metricTransformations?.length !== 1)
    throw invalid('A metric filter has exactly one metric transformation.');
  for (const { defaultValue, dimensions } of input.metricTransformations) {
    if (defaultValue !== undefined && Object.keys(dimensions ?? {}).length > 0) {
      throw invalid('Invalid metric transformation: dimensions and default value are mutually exclusive properties.');
    }
  }
  group.metricFilters.set(input.filterName, {
    name: input.filterName,
    filterPattern: input.filterPattern,
    pattern: compileFilterPattern(input.filterPattern),
    createdAt: context.clock.now(),
    transformations: input.metricTransformations,
    publishedMinute: -1,
  });
}

/** Throws `ResourceNotFoundException` where the group has no such filter. */
export function deleteMetricFilter({ store }: LogsState, logGroupName: string, filterName: string): void {
  if (store.group(logGroupName).metricFilters.delete(filterName)) return;
  throw new ApiError('ResourceNotFoundException', 'The specified metric filter does not exist.');
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}
