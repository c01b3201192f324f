import type { StackResource, StackView } from '../stack-view.ts';
import { textOf } from '../template-text.ts';
import { invokersOf, isAsynchronous } from './invokers.ts';

/**
 * Services that call a function asynchronously; Lambda Developer Guide, "Invoking Lambda with events from other AWS services". Some are
 * named with their region (osls 4: `logs.<region>.amazonaws.com`), and with parts that CloudFormation fills in.
 */
const ASYNCHRONOUS_PRINCIPALS =
  /^(sns|s3|events|scheduler|iot|ses|config|codecommit|codepipeline|cloudformation|logs|lambda\.alarms\.cloudwatch)(\.(\*|[a-z]{2}[a-z0-9-]+))?\.(amazonaws\.com(\.cn)?|\*)$/;

/** Mappings that read a queue or stream for a function. */
export function mappingsOf(stack: StackView, fn: StackResource): readonly StackResource[] {
  return stack
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => stack.means(Properties?.FunctionName, fn));
}

/** Functions of the stack that read a queue, stream or table. */
export function consumersOf(stack: StackView, source: StackResource): readonly StackResource[] {
  return stack
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => stack.means(Properties?.EventSourceArn, source))
    .flatMap(({ Properties }) => stack.referenced(Properties?.FunctionName) ?? []);
}

/** Leaves to call a function. */
export function permissionsOf(stack: StackView, fn: StackResource): readonly StackResource[] {
  return stack.ofType('AWS::Lambda::Permission').filter(({ Properties }) => stack.means(Properties?.FunctionName, fn));
}

/** Whether something calls a function without waiting for its answer: what fails then is retried twice and lost. */
export function isCalledAsynchronously(stack: StackView, fn: StackResource): boolean {
  const isLeft = permissionsOf(stack, fn).some(({ Properties }) =>
    ASYNCHRONOUS_PRINCIPALS.test(textOf(Properties?.Principal) ?? ''),
  );
  return isLeft || invokersOf(stack, fn).some(isAsynchronous);
}

/** Whether anything calls a function but the mappings that read for it, and invokers of this type. */
export function hasOtherCallers(stack: StackView, fn: StackResource, besides?: string): boolean {
  if (permissionsOf(stack, fn).length > 0) return true;
  return invokersOf(stack, fn).some(({ Type }) => Type !== besides);
}
