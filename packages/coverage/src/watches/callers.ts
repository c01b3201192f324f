import type { StackResource, StackView } from '../stack-view.ts';
import { listOf, valueAt } from '../template.ts';
import { isOfFramework } from './framework-functions.ts';

/** Functions that use a resource: those that name it in their environment, or whose role names it. */
export function callersOf(stack: StackView, resource: StackResource): readonly StackResource[] {
  const uses = (value: unknown): boolean => stack.means(value, resource);
  const functions = stack.ofType('AWS::Lambda::Function').filter((fn) => !isOfFramework(fn));
  const byEnvironment = functions.filter((fn) => uses(valueAt(fn.Properties, 'Environment')));
  // A role that all functions share says little; the environment, where it tells, says more.
  if (byEnvironment.length > 0) return byEnvironment;
  return functions.filter((fn) => policiesOf(stack, fn).some(uses));
}

/** Policies that a function's role has in this stack. */
export function policiesOf(stack: StackView, fn: StackResource): readonly unknown[] {
  const role = stack.referenced(fn.Properties?.Role);
  if (role?.Type !== 'AWS::IAM::Role') return [];
  const attached = stack
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
    .filter(({ Properties }) =>
      [...listOf(Properties?.Roles), Properties?.RoleName].some((each) => stack.means(each, role)),
    );
  return [role.Properties?.Policies, ...attached.map(({ Properties }) => Properties?.PolicyDocument)];
}
