import type { Watch } from '../coverage-report.ts';
import type { Surroundings } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, referencedIds, valueAt } from '../template.ts';

/**
 * What reads a function's logs: a subscription filter of the stack on its log group, or a policy for the whole account. Lambda writes to
 * `/aws/lambda/<name>` unless `LoggingConfig` says otherwise (Lambda Developer Guide, "Configuring CloudWatch log groups").
 */
export function subscriptionsOf(stack: StackView, fn: StackResource, around: Surroundings): readonly Watch[] {
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

/** Whether a value names the log group that a function writes to. */
export function isLogGroupOf(stack: StackView, fn: StackResource, logGroup: unknown): boolean {
  const own = valueAt(fn.Properties, 'LoggingConfig.LogGroup');
  const group = [...referencedIds(logGroup)].map((id) => stack.all().find(({ logicalId }) => logicalId === id));
  const names = [logGroup, ...group.map((each) => each?.Properties?.LogGroupName)];
  if (own !== undefined) return names.some((name) => sameValue(name, own)) || shares(own, logGroup);
  return names.some((name) => isDefaultGroupOf(fn, name));
}

function isDefaultGroupOf(fn: StackResource, name: unknown): boolean {
  const functionName = fn.Properties?.FunctionName;
  if (typeof name === 'string') return typeof functionName === 'string' && name === `/aws/lambda/${functionName}`;
  if (!isRecord(name)) return false;
  const text = JSON.stringify(name);
  return text.includes('/aws/lambda/') && referencedIds(name).has(fn.logicalId);
}

const sameValue = (a: unknown, b: unknown): boolean => a !== undefined && JSON.stringify(a) === JSON.stringify(b);

const shares = (a: unknown, b: unknown): boolean => {
  const others = referencedIds(b);
  return [...referencedIds(a)].some((id) => others.has(id));
};
