import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, referencedIds, valueAt } from '../template.ts';
import { isCompiledByFramework } from './framework-functions.ts';

/**
 * Whether a function's logs can be subscribed at all, as far as the stack shows: groups of another class than Standard take no subscription
 * (Amazon CloudWatch Logs User Guide, "Log classes"), and with `disableLogs` there are none: the framework leaves out the log group that it
 * writes for every other function. For a function that the service itself writes under `resources`, Lambda makes the group.
 */
export function takesSubscription(stack: StackView, fn: StackResource): boolean {
  const groups = stack.ofType('AWS::Logs::LogGroup').filter((group) => isWrittenBy(stack, fn, group));
  if (groups.length === 0) return !isLogless(stack, fn);
  return groups.every(({ Properties }) => (Properties?.LogGroupClass ?? 'STANDARD') === 'STANDARD');
}

const isWrittenBy = (stack: StackView, fn: StackResource, group: StackResource): boolean =>
  isLogGroupOf(stack, fn, { Ref: group.logicalId });

const isLogless = (stack: StackView, fn: StackResource): boolean =>
  isCompiledByFramework(stack, fn) && valueAt(fn.Properties, 'LoggingConfig.LogGroup') === undefined;

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
