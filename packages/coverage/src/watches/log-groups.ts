import type { StackResource, StackView } from '../stack-view.ts';
import { valueAt } from '../template.ts';
import { writtenText } from '../written-text.ts';
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

/** Whether a value names the log group that a function writes to: `/aws/lambda/<name>`, unless `LoggingConfig` says otherwise. */
export function isLogGroupOf(stack: StackView, fn: StackResource, logGroup: unknown): boolean {
  const own = valueAt(fn.Properties, 'LoggingConfig.LogGroup');
  if (own !== undefined) return isSameGroup(stack, own, logGroup);
  const names = [fn.Properties?.FunctionName, { Ref: fn.logicalId }]
    .map((name) => writtenText(stack, name))
    .filter((name) => name !== undefined);
  return textsOf(stack, logGroup).some((text) => names.some((name) => text === `/aws/lambda/${name}`));
}

/** Whether two values name one log group, each by its name or by reference. */
export function isSameGroup(stack: StackView, a: unknown, b: unknown): boolean {
  const others = textsOf(stack, b);
  return textsOf(stack, a).some((text) => others.includes(text));
}

/** How a value names a log group; of one of this stack also its name. */
function textsOf(stack: StackView, logGroup: unknown): readonly string[] {
  const text = writtenText(stack, logGroup) ?? JSON.stringify(logGroup);
  const [, id = ''] = /^\$\{(\w+)\}$/.exec(text ?? '') ?? [];
  const group = stack.withId(id);
  const name = group?.Type === 'AWS::Logs::LogGroup' ? writtenText(stack, group.Properties?.LogGroupName) : undefined;
  return [text, name].filter((each) => each !== undefined);
}
