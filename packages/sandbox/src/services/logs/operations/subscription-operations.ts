import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { Subscription } from '../delivery/subscription.ts';
import { refuseMembers } from '../emulated-input.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import type { LogsState } from '../logs-state.ts';
import { listingPage, type PageRequest } from '../page.ts';
import {
  deleteSubscriptionFilter,
  type PutSubscriptionFilter,
  putSubscriptionFilter,
} from '../subscription-filters.ts';

interface DescribeSubscriptionFilters extends GroupReference, PageRequest {
  readonly filterNamePrefix?: string;
}

/** PutSubscriptionFilter, DescribeSubscriptionFilters, DeleteSubscriptionFilter. */
export function subscriptionOperations(state: LogsState): Record<string, JsonOperation> {
  const { store, resources } = state;
  return {
    PutSubscriptionFilter: {
      permissions: (input: PutSubscriptionFilter) => [
        ...resources.onGroup('PutSubscriptionFilter', input),
        ...passRole(input.roleArn),
      ],
      async handle(input: PutSubscriptionFilter) {
        refuseMembers('PutSubscriptionFilter', input, [
          'applyOnTransformedLogs',
          'fieldSelectionCriteria',
          'emitSystemFields',
        ]);
        await putSubscriptionFilter(state, input);
      },
    },
    DescribeSubscriptionFilters: {
      permissions: (input: GroupReference) => resources.onGroup('DescribeSubscriptionFilters', input),
      handle(input: DescribeSubscriptionFilters) {
        const group = store.group(groupName(input));
        const asked = [...group.subscriptions.values()]
          .filter(({ name }) => name.startsWith(input.filterNamePrefix ?? ''))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
        return listingPage(
          'subscriptionFilters',
          asked.map((filter) => describe(group.name, filter)),
          input,
        );
      },
    },
    DeleteSubscriptionFilter: {
      permissions: (input: GroupReference) => resources.onGroup('DeleteSubscriptionFilter', input),
      handle: (input: GroupReference & { filterName: string }) =>
        deleteSubscriptionFilter(state, groupName(input), input.filterName),
    },
  };
}

/** Handing a role to CloudWatch Logs needs iam:PassRole on it. */
export function passRole(roleArn: string | undefined): readonly RequiredPermission[] {
  if (!roleArn) return [];
  return [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'logs.amazonaws.com' } }];
}

function describe(logGroupName: string, subscription: Subscription): Record<string, unknown> {
  const { name: filterName, filterPattern, destination, createdAt: creationTime } = subscription;
  return {
    filterName,
    logGroupName,
    filterPattern,
    destinationArn: destination.arn,
    ...(destination.roleArn ? { roleArn: destination.roleArn } : {}),
    distribution: destination.distribution,
    applyOnTransformedLogs: false,
    creationTime,
  };
}
