import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { refuseMembers } from '../emulated-input.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import type { LogsState } from '../logs-state.ts';
import { deleteMetricFilter, type PutMetricFilter, putMetricFilter } from '../metric-filters.ts';
import { listingPage, type PageRequest } from '../page.ts';

interface DescribeMetricFilters extends GroupReference, PageRequest {
  readonly filterNamePrefix?: string;
  readonly metricName?: string;
  readonly metricNamespace?: string;
}

/** PutMetricFilter, DescribeMetricFilters, DeleteMetricFilter. */
export function metricFilterOperations(state: LogsState): Record<string, JsonOperation> {
  const { store, resources } = state;
  return {
    PutMetricFilter: {
      permissions: (input: PutMetricFilter) => resources.onGroup('PutMetricFilter', input),
      handle(input: PutMetricFilter) {
        refuseMembers('PutMetricFilter', input, [
          'applyOnTransformedLogs',
          'fieldSelectionCriteria',
          'emitSystemFieldDimensions',
        ]);
        putMetricFilter(state, input);
      },
    },
    DescribeMetricFilters: {
      permissions: (input: DescribeMetricFilters) =>
        input.logGroupName
          ? resources.onGroup('DescribeMetricFilters', input)
          : resources.onAllGroups('DescribeMetricFilters'),
      handle(input: DescribeMetricFilters) {
        const groups = input.logGroupName ? [store.group(input.logGroupName)] : [...store.groups.values()];
        const filters = groups.flatMap((group) =>
          [...group.metricFilters.values()]
            .filter(({ name }) => name.startsWith(input.filterNamePrefix ?? ''))
            .filter(({ transformations }) =>
              transformations.some(
                ({ metricName, metricNamespace }) =>
                  (input.metricName ?? metricName) === metricName &&
                  (input.metricNamespace ?? metricNamespace) === metricNamespace,
              ),
            )
            .map(({ name, filterPattern, createdAt, transformations }) => ({
              filterName: name,
              filterPattern,
              metricTransformations: transformations,
              creationTime: createdAt,
              logGroupName: group.name,
            })),
        );
        return listingPage('metricFilters', filters, input);
      },
    },
    DeleteMetricFilter: {
      permissions: (input: GroupReference) => resources.onGroup('DeleteMetricFilter', input),
      handle: (input: GroupReference & { filterName: string }) =>
        deleteMetricFilter(state, groupName(input), input.filterName),
    },
  };
}
