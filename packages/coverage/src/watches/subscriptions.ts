import type { Watch } from '../coverage-report.ts';
import type { Surroundings } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { isLogGroupOf, takesSubscription } from './log-groups.ts';

/**
 * What reads a function's logs, if it writes any where they can be read: a subscription filter of the stack on its log group, or a policy
 * for the whole account. Lambda writes to
 * `/aws/lambda/<name>` unless `LoggingConfig` says otherwise (Lambda Developer Guide, "Configuring CloudWatch log groups").
 */
export function subscriptionsOf(stack: StackView, fn: StackResource, around: Surroundings): readonly Watch[] {
  if (!takesSubscription(stack, fn)) return [];
  const filters = stack
    .ofType('AWS::Logs::SubscriptionFilter')
    .filter((filter) => isLogGroupOf(stack, fn, filter.Properties?.LogGroupName))
    .map(({ logicalId }) => logicalId);
  if (filters.length > 0) return [{ kind: 'subscription', through: filters }];
  if (around.subscribedGroups.some((name) => isLogGroupOf(stack, fn, name)))
    return [{ kind: 'subscription', through: [] }];
  const policies = stack
    .ofType('AWS::Logs::AccountPolicy')
    .filter(({ Properties }) => Properties?.PolicyType === 'SUBSCRIPTION_FILTER_POLICY')
    .map(({ logicalId }) => logicalId);
  return policies.length > 0 || around.accountWatched ? [{ kind: 'account-policy', through: policies }] : [];
}
