import type { PackagedStack } from '../packaged-stacks.ts';
import { ACTIONS_OF_TYPES } from './actions-of-types.ts';
import { resourceArn } from './resource-arn.ts';

/** One call that the deployer has to be allowed. */
export interface NeededAccess {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the call. */
  readonly context: Readonly<Record<string, string>>;
}

/** What CloudFormation calls for the resources of a stack. Throws where a type has no entry in `ACTIONS_OF_TYPES`. */
export function stackAccess(stack: PackagedStack): readonly NeededAccess[] {
  return Object.keys(stack.resources).flatMap((logicalId) => [
    ...resourceAccess(stack, logicalId),
    ...passedRole(stack, logicalId),
  ]);
}

function resourceAccess(stack: PackagedStack, logicalId: string): readonly NeededAccess[] {
  const type = stack.resources[logicalId]?.Type ?? '';
  const known = ACTIONS_OF_TYPES[type];
  if (known === undefined) throw new Error(`${type} has no entry in scripts/docs/deployer/actions-of-types.ts.`);
  const resource = resourceArn(stack, logicalId);
  if (type !== 'AWS::Lambda::EventSourceMapping')
    return known.actions.map((action) => ({ action, resource, context: {} }));
  const mapping = 'arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:0a1b2c3d';
  return [
    ...known.actions.map((action) => ({ action, resource: mapping, context: { 'lambda:FunctionArn': resource } })),
    ...['ListTags', 'TagResource', 'UntagResource'].map((name) => ({
      action: `lambda:${name}`,
      resource: mapping,
      context: {},
    })),
  ];
}

function passedRole(stack: PackagedStack, logicalId: string): readonly NeededAccess[] {
  const service = ACTIONS_OF_TYPES[stack.resources[logicalId]?.Type ?? '']?.passesRoleTo;
  if (service === undefined) return [];
  const role = /"Fn::GetAtt":\["(\w+Role\w*)","Arn"\]/.exec(
    JSON.stringify(stack.resources[logicalId]?.Properties),
  )?.[1];
  if (role === undefined) throw new Error(`${logicalId} of ${stack.name} passes no role of its stack.`);
  const resource = resourceArn(stack, role);
  return [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } }];
}
