import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider, ServiceContext } from '../../core/service.ts';
import { keyOf, putAction, register, type ScalingInput } from './operations.ts';
import { putPolicy } from './put-policy.ts';
import type { ScalableTarget } from './scalable-target.ts';
import type { ScalingEngine } from './scaling-engine.ts';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const TARGET_PROPERTIES = [
  'ServiceNamespace',
  'ResourceId',
  'ScalableDimension',
  'MinCapacity',
  'MaxCapacity',
  'RoleARN',
  'SuspendedState',
  'ScheduledActions',
];
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const POLICY_PROPERTIES = [
  'PolicyName',
  'PolicyType',
  'ScalingTargetId',
  'ServiceNamespace',
  'ResourceId',
  'ScalableDimension',
  'TargetTrackingScalingPolicyConfiguration',
];

/** `Ref` of a target: `function:lamp:live|lambda:function:ProvisionedConcurrency|lambda`. */
const refOf = ({ resourceId, dimension }: ScalableTarget): string => `${resourceId}|${dimension}|lambda`;

/** `AWS::ApplicationAutoScaling::ScalableTarget` and `::ScalingPolicy`. */
export function scalingResources(
  engine: ScalingEngine,
  context: ServiceContext,
): Readonly<Record<string, ResourceProvider>> {
  return { [TARGET]: targetResource(engine, context), [POLICY]: policyResource(engine, context) };
}

function targetResource(engine: ScalingEngine, context: ServiceContext): ResourceProvider {
  const put = (properties: Readonly<Record<string, unknown>>) => {
    refuseUnknownProperties(TARGET, properties, TARGET_PROPERTIES);
    const { ScheduledActions = [], ...input } = properties as ScalingInput & {
      readonly ScheduledActions?: readonly Readonly<Record<string, unknown>>[];
    };
    const target = register(engine, input);
    const names = ScheduledActions.map(({ ScheduledActionName }) => ScheduledActionName);
    for (const name of target.actions.keys()) if (!names.includes(name)) engine.unschedule(target, name);
    for (const action of ScheduledActions) {
      const times = Object.fromEntries(
        ['StartTime', 'EndTime'].flatMap((member) =>
          action[member] === undefined ? [] : [[member, Date.parse(String(action[member])) / 1000]],
        ),
      );
      putAction(engine, context, { ...input, ...action, ...times });
    }
    return { ref: refOf(target), attributes: { Id: refOf(target) } };
  };
  return {
    create: async ({ properties }) => put(properties),
    update: async (_, { properties }) => put(properties),
    delete: async ({ ref }) => {
      const [resourceId = '', dimension = ''] = ref.split('|');
      if (engine.find({ resourceId, dimension })) engine.deregister({ resourceId, dimension });
    },
  };
}

function policyResource(engine: ScalingEngine, context: ServiceContext): ResourceProvider {
  const targetOf = ({ ScalingTargetId: id, ...input }: Readonly<Record<string, unknown>>): ScalableTarget => {
    if (id === undefined) return engine.get(keyOf(input as ScalingInput));
    const [resourceId = '', dimension = ''] = String(id).split('|');
    return engine.get({ resourceId, dimension });
  };
  const put = (properties: Readonly<Record<string, unknown>>) => {
    refuseUnknownProperties(POLICY, properties, POLICY_PROPERTIES);
    const policy = putPolicy(engine, context, targetOf(properties), properties as ScalingInput);
    return { ref: policy.arn, attributes: { Arn: policy.arn } };
  };
  return {
    create: async ({ properties }) => put(properties),
    update: async (_, { properties }) => put(properties),
    delete: async ({ ref }) => {
      for (const { policies } of engine.all())
        for (const { name, arn } of policies.values()) if (arn === ref) policies.delete(name);
    },
  };
}
