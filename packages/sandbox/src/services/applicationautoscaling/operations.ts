import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import type { ServiceContext } from '../../core/service.ts';
import { putPolicy } from './put-policy.ts';
import type { ScalableTarget, TargetKey } from './scalable-target.ts';
import type { ScalingEngine } from './scaling-engine.ts';
import { invalid, notFound } from './scaling-error.ts';

export interface ScalingInput {
  readonly ServiceNamespace?: string;
  readonly ResourceId?: string;
  readonly ResourceIds?: readonly string[];
  readonly ScalableDimension?: string;
  readonly MinCapacity?: number;
  readonly MaxCapacity?: number;
  readonly RoleARN?: string;
  readonly SuspendedState?: {
    readonly DynamicScalingInSuspended?: boolean;
    readonly DynamicScalingOutSuspended?: boolean;
    readonly ScheduledScalingSuspended?: boolean;
  };
  readonly ScheduledActionName?: string;
  readonly Schedule?: string;
  readonly Timezone?: string;
  /** Epoch seconds. */
  readonly StartTime?: number;
  readonly EndTime?: number;
  readonly ScalableTargetAction?: { readonly MinCapacity?: number; readonly MaxCapacity?: number };
  readonly PolicyName?: string;
  readonly PolicyType?: string;
  readonly TargetTrackingScalingPolicyConfiguration?: Readonly<Record<string, unknown>>;
}

/** Application Auto Scaling of provisioned concurrency. Source: Application Auto Scaling API Reference. */
export function scalingOperations(
  engine: ScalingEngine,
  context: ServiceContext,
): Readonly<Record<string, JsonOperation>> {
  const operation = (name: string, handle: (input: ScalingInput) => unknown): [string, JsonOperation] => [
    name,
    { permissions: () => [{ action: `application-autoscaling:${name}`, resource: '*' }], handle },
  ];
  /** Targets of the namespace that a listing asks for. */
  const listed = (input: ScalingInput): readonly ScalableTarget[] => {
    assertLambda(input);
    return engine
      .all()
      .filter(({ resourceId }) => (input.ResourceIds ?? [input.ResourceId ?? resourceId]).includes(resourceId));
  };
  return Object.fromEntries([
    operation('RegisterScalableTarget', (input) => ({ ScalableTargetARN: register(engine, input).arn })),
    operation('DeregisterScalableTarget', (input) => engine.deregister(keyOf(input))),
    operation('DescribeScalableTargets', (input) => ({ ScalableTargets: listed(input).map(targetShape) })),
    operation('PutScheduledAction', (input) => putAction(engine, context, input)),
    operation('DeleteScheduledAction', (input) =>
      engine.unschedule(engine.get(keyOf(input)), input.ScheduledActionName ?? ''),
    ),
    operation('DescribeScheduledActions', (input) => ({
      ScheduledActions: listed(input).flatMap((target) => actionShapes(target, context)),
    })),
    operation('PutScalingPolicy', (input) => {
      const policy = putPolicy(engine, context, engine.get(keyOf(input)), input);
      return { PolicyARN: policy.arn, Alarms: [] };
    }),
    operation('DeleteScalingPolicy', (input) => {
      if (!engine.get(keyOf(input)).policies.delete(input.PolicyName ?? ''))
        throw notFound(`No scaling policy found for service namespace: lambda, policy name: ${input.PolicyName}`);
    }),
    operation('DescribeScalingPolicies', (input) => ({ ScalingPolicies: listed(input).flatMap(policyShapes) })),
    operation('DescribeScalingActivities', (input) => ({ ScalingActivities: listed(input).flatMap(activityShapes) })),
  ]);
}

export function register(engine: ScalingEngine, input: ScalingInput): ScalableTarget {
  const target = engine.register(keyOf(input), input.RoleARN, {
    ...(input.MinCapacity === undefined ? {} : { min: Number(input.MinCapacity) }),
    ...(input.MaxCapacity === undefined ? {} : { max: Number(input.MaxCapacity) }),
  });
  const { SuspendedState: suspended } = input;
  if (suspended) {
    target.isScaleInSuspended = suspended.DynamicScalingInSuspended ?? false;
    target.isScaleOutSuspended = suspended.DynamicScalingOutSuspended ?? false;
    target.isScheduleSuspended = suspended.ScheduledScalingSuspended ?? false;
  }
  return target;
}

export function putAction(engine: ScalingEngine, { clock }: ServiceContext, input: ScalingInput): void {
  const { ScheduledActionName: name, Schedule: schedule, ScalableTargetAction: action = {} } = input;
  const target = engine.get(keyOf(input));
  const known = name === undefined ? undefined : target.actions.get(name)?.action;
  if (name === undefined) throw invalid('ScheduledActionName is required.');
  if (schedule === undefined && known === undefined) throw invalid('Schedule is required.');
  const numbers = {
    minCapacity: action.MinCapacity,
    maxCapacity: action.MaxCapacity,
    startMs: input.StartTime === undefined ? undefined : input.StartTime * 1000,
    endMs: input.EndTime === undefined ? undefined : input.EndTime * 1000,
  };
  const given = Object.fromEntries(
    Object.entries(numbers).flatMap(([member, value]) => (value === undefined ? [] : [[member, Number(value)]])),
  );
  engine.schedule(
    target,
    {
      ...known,
      ...given,
      name,
      schedule: schedule ?? known?.schedule ?? '',
      createdAt: known?.createdAt ?? clock.now(),
    },
    input.Timezone,
  );
}

export function keyOf(input: ScalingInput): TargetKey {
  assertLambda(input);
  return { resourceId: input.ResourceId ?? '', dimension: input.ScalableDimension ?? '' };
}

function assertLambda({ ServiceNamespace: namespace }: ScalingInput): void {
  if (namespace !== 'lambda') throw invalid(`The sandbox scales the namespace lambda only, not ${namespace}.`);
}

const named = ({ resourceId, dimension }: ScalableTarget) => ({
  ServiceNamespace: 'lambda',
  ResourceId: resourceId,
  ScalableDimension: dimension,
});

const targetShape = (target: ScalableTarget) => ({
  ...named(target),
  ScalableTargetARN: target.arn,
  MinCapacity: target.minCapacity,
  MaxCapacity: target.maxCapacity,
  CreationTime: target.createdAt / 1000,
  RoleARN: target.roleArn ?? '',
  SuspendedState: {
    DynamicScalingInSuspended: target.isScaleInSuspended,
    DynamicScalingOutSuspended: target.isScaleOutSuspended,
    ScheduledScalingSuspended: target.isScheduleSuspended,
  },
});

const actionShapes = (target: ScalableTarget, { region, accountId }: ServiceContext) =>
  [...target.actions.values()].map(({ action }) => ({
    ...named(target),
    ScheduledActionName: action.name,
    ScheduledActionARN: `arn:aws:autoscaling:${region}:${accountId}:scheduledAction:${target.arn.split('/')[1]}:resource/lambda/${target.resourceId}:scheduledActionName/${action.name}`,
    Schedule: action.schedule,
    Timezone: 'UTC',
    CreationTime: action.createdAt / 1000,
    ...(action.startMs === undefined ? {} : { StartTime: action.startMs / 1000 }),
    ...(action.endMs === undefined ? {} : { EndTime: action.endMs / 1000 }),
    ScalableTargetAction: {
      ...(action.minCapacity === undefined ? {} : { MinCapacity: action.minCapacity }),
      ...(action.maxCapacity === undefined ? {} : { MaxCapacity: action.maxCapacity }),
    },
  }));

const policyShapes = (target: ScalableTarget) =>
  [...target.policies.values()].map(({ name, arn, configuration, createdAt }) => ({
    ...named(target),
    PolicyName: name,
    PolicyARN: arn,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: configuration,
    CreationTime: createdAt / 1000,
  }));

const activityShapes = (target: ScalableTarget) =>
  target.activities.map(({ id, at, description, cause }) => ({
    ...named(target),
    ActivityId: id,
    Description: description,
    Cause: cause,
    StartTime: at / 1000,
    StatusCode: 'Successful',
  }));
