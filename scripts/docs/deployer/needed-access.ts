import type { PackagedStack } from '../packaged-stacks.ts';
import { actionsOf, passesRoleTo } from './actions-of-types.ts';
import { resourceArn } from './resource-arn.ts';

/** One call that the deployer has to be allowed. */
export interface NeededAccess {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the call. */
  readonly context: Readonly<Record<string, string>>;
}

/** What CloudFormation calls for the resources of a stack. Throws where nobody looked up what a type or a property takes. */
export function stackAccess(stack: PackagedStack): readonly NeededAccess[] {
  return Object.keys(stack.resources).flatMap((logicalId) => [
    ...resourceAccess(stack, logicalId),
    ...passedRole(stack, logicalId),
  ]);
}

/** Calls that IAM judges by no resource: SNS names no subscription (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html). */
const NAMES_NOTHING = ['sns:GetSubscriptionAttributes', 'sns:Unsubscribe'];

function resourceAccess(stack: PackagedStack, logicalId: string): readonly NeededAccess[] {
  const found = stack.resources[logicalId];
  if (found === undefined) return [];
  const actions = actionsOf(found);
  const resource = resourceArn(stack, logicalId);
  if (found.Type !== 'AWS::Lambda::EventSourceMapping')
    return actions.map((action) => ({
      action,
      resource: NAMES_NOTHING.includes(action) ? '*' : resource,
      context: {},
    }));
  const mapping = 'arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:0a1b2c3d';
  return [
    ...actions.map((action) => ({ action, resource: mapping, context: { 'lambda:FunctionArn': resource } })),
    ...['ListTags', 'TagResource', 'UntagResource'].map((name) => ({
      action: `lambda:${name}`,
      resource: mapping,
      context: {},
    })),
  ];
}

function passedRole(stack: PackagedStack, logicalId: string): readonly NeededAccess[] {
  const service = passesRoleTo(stack.resources[logicalId]?.Type ?? '');
  if (service === undefined) return [];
  const role = /"Fn::GetAtt":\["(\w+Role\w*)","Arn"\]/.exec(
    JSON.stringify(stack.resources[logicalId]?.Properties),
  )?.[1];
  if (role === undefined) throw new Error(`${logicalId} of ${stack.name} passes no role of its stack.`);
  const resource = resourceArn(stack, role);
  return [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } }];
}
