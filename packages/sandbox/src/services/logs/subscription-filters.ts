import { ApiError } from '../../core/service.ts';
import { ownLogGroup } from './account-policies.ts';
import { type Distribution, openDestination } from './delivery/destination.ts';
import { compileFilterPattern } from './filter-pattern/filter-pattern.ts';
import { type GroupReference, groupName } from './log-resources.ts';
import type { LogsState } from './logs-state.ts';

export interface PutSubscriptionFilter extends GroupReference {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly destinationArn: string;
  readonly roleArn?: string;
  readonly distribution?: Distribution;
}

/**
 * Creates or replaces a subscription filter, once its destination has answered the test.
 * Throws `LimitExceededException`, or `InvalidParameterException` where the destination cannot be reached or would feed itself.
 */
export async function putSubscriptionFilter(state: LogsState, input: PutSubscriptionFilter): Promise<void> {
  const group = state.store.group(groupName(input));
  if (group.logGroupClass !== 'STANDARD') {
    throw invalid(`Subscription filters are not supported for log groups of class ${group.logGroupClass}.`);
  }
  if (!/^[^:*]{1,512}$/.test(input.filterName ?? ''))
    throw invalid("Value at 'filterName' failed to satisfy constraint: [^:*]*");
  if (!group.subscriptions.has(input.filterName) && group.subscriptions.size >= state.maxSubscriptionsPerGroup) {
    throw new ApiError('LimitExceededException', 'Resource limit exceeded.');
  }
  if (ownLogGroup(input.destinationArn) === group.name) {
    throw invalid('The log group provided is reserved for the function logs of the destination function.');
  }
  const pattern = compileFilterPattern(input.filterPattern ?? '');
  const destination = openDestination(state.context, { ...input, sourceArn: group.arn });
  await destination.verify();
  group.subscriptions.set(input.filterName, {
    name: input.filterName,
    filterPattern: input.filterPattern ?? '',
    pattern,
    destination,
    createdAt: group.subscriptions.get(input.filterName)?.createdAt ?? state.context.clock.now(),
    isAccountPolicy: false,
    disabledUntil: 0,
  });
}

/** Throws `ResourceNotFoundException` where the group has no such filter. */
export function deleteSubscriptionFilter({ store }: LogsState, logGroupName: string, filterName: string): void {
  if (store.group(logGroupName).subscriptions.delete(filterName)) return;
  throw new ApiError('ResourceNotFoundException', 'The specified subscription filter does not exist.');
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}
