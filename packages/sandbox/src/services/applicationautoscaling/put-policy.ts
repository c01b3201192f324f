import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../core/service.ts';
import type { ScalingInput } from './operations.ts';
import type { ScalableTarget, ScalingPolicy } from './scalable-target.ts';
import type { ScalingEngine } from './scaling-engine.ts';
import { invalid } from './scaling-error.ts';

const METRIC = 'LambdaProvisionedConcurrencyUtilization';

/** Puts a target-tracking policy on the utilisation of provisioned concurrency. Throws `ValidationException` for any other. */
export function putPolicy(
  engine: ScalingEngine,
  { region, accountId, clock }: ServiceContext,
  target: ScalableTarget,
  input: Pick<ScalingInput, 'PolicyName' | 'PolicyType' | 'TargetTrackingScalingPolicyConfiguration'>,
): ScalingPolicy {
  const { PolicyName: name, PolicyType: type, TargetTrackingScalingPolicyConfiguration: configuration = {} } = input;
  if (!name) throw invalid('PolicyName is required.');
  if (type !== 'TargetTrackingScaling') throw invalid(`The sandbox has TargetTrackingScaling only, not ${type}.`);
  const metric = configuration.PredefinedMetricSpecification as { readonly PredefinedMetricType?: string } | undefined;
  if (metric?.PredefinedMetricType !== METRIC)
    throw invalid(`The sandbox tracks the predefined metric ${METRIC} only.`);
  const targetValue = Number(configuration.TargetValue);
  if (!(targetValue > 0 && targetValue <= 1)) throw invalid(`TargetValue of ${METRIC} is above 0 and at most 1.`);
  const policy: ScalingPolicy = {
    name,
    arn: `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${randomUUID()}:resource/lambda/${target.resourceId}:policyName/${name}`,
    targetValue,
    isScaleInDisabled: String(configuration.DisableScaleIn ?? false) === 'true',
    configuration,
    createdAt: clock.now(),
  };
  target.policies.set(name, policy);
  engine.startTracking();
  return policy;
}
