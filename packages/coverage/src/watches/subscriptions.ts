import type { Watch } from '../coverage-report.ts';
import type { Surroundings } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, valueAt } from '../template.ts';
import { textOf } from '../template-text.ts';
import { isLogGroupOf, takesSubscription } from './log-groups.ts';

/**
 * What reads a function's logs, if it writes any where they can be read: a subscription filter of the stack that takes every line
 * of its log group, or a policy for the whole account. Lambda writes to
 * `/aws/lambda/<name>` unless `LoggingConfig` says otherwise (Lambda Developer Guide, "Configuring CloudWatch log groups").
 */
export function subscriptionsOf(stack: StackView, fn: StackResource, around: Surroundings): readonly Watch[] {
  if (!takesSubscription(stack, fn)) return [];
  const filters = stack
    .ofType('AWS::Logs::SubscriptionFilter')
    .filter((filter) => stack.isThereWith(filter, fn) && takesEveryLine(filter.Properties?.FilterPattern))
    .filter((filter) => isLogGroupOf(stack, fn, filter.Properties?.LogGroupName))
    .map(({ logicalId }) => logicalId);
  if (filters.length > 0) return [{ kind: 'subscription', through: filters }];
  if (around.subscribedGroups.some((name) => isLogGroupOf(stack, fn, name)))
    return [{ kind: 'subscription', through: [] }];
  const policies = stack
    .ofType('AWS::Logs::AccountPolicy')
    .filter((policy) => stack.isThereWith(policy, fn) && isWholeSubscription(policy) && !leavesOut(policy, fn, stack))
    .map(({ logicalId }) => logicalId);
  return policies.length > 0 || around.accountWatched ? [{ kind: 'account-policy', through: policies }] : [];
}

/** Whoever gets only the lines that match a pattern does not see the others. */
const takesEveryLine = (pattern: unknown = ''): boolean => typeof pattern === 'string' && pattern.trim() === '';

/** A policy that subscribes every line of the groups that it is for. Of a document that cannot be read here nothing is known. */
function isWholeSubscription({ Properties = {} }: StackResource): boolean {
  if (Properties.PolicyType !== 'SUBSCRIPTION_FILTER_POLICY') return false;
  const document = documentOf(Properties.PolicyDocument);
  return isRecord(document) && 'DestinationArn' in document && takesEveryLine(document.FilterPattern);
}

/** `LogGroupName NOT IN ["…"]`, the one form of its selection criteria (API reference of CloudWatch Logs, PutAccountPolicy). */
function leavesOut({ Properties = {} }: StackResource, fn: StackResource, stack: StackView): boolean {
  const names = (textOf(Properties.SelectionCriteria) ?? '').matchAll(/"([^"]+)"/g);
  return [...names].some(([, name]) => isLogGroupOf(stack, fn, name));
}

function documentOf(value: unknown): unknown {
  const whole = valueAt(value, 'Fn::ToJsonString') ?? value;
  try {
    return JSON.parse(textOf(whole) ?? '') as unknown;
  } catch {
    return whole;
  }
}
