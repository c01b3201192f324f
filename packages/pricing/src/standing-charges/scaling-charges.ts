import { usdOf } from '../price-book.ts';
import { type Charge, type ChargeRule, freeAtRest, monthly, type PricedResource } from './charge-rule.ts';
import { isRecord } from './template.ts';

/** A target-tracking policy makes two alarms, for more and for less; Application Auto Scaling User Guide, "Target tracking scaling policies". */
const ALARMS_PER_POLICY = 2;

/** What Application Auto Scaling costs at rest: itself nothing, but the capacity that it keeps, and the alarms that it makes. */
export const SCALING_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': chargeTarget,
  'AWS::ApplicationAutoScaling::ScalingPolicy': (resource) => {
    if (resource.text('PolicyType', 'StepScaling') !== 'TargetTrackingScaling')
      return freeAtRest('step scaling uses alarms that are listed by themselves')(resource);
    const usd = ALARMS_PER_POLICY * usdOf('cloudwatch.alarm_standard');
    return monthly(usd, `${ALARMS_PER_POLICY} alarms at $${usdOf('cloudwatch.alarm_standard')} per month`);
  },
};

/** Capacity that is kept without use is billed by what it scales, whose price this template need not tell. */
function chargeTarget(resource: PricedResource): Charge {
  const scheduled = resource
    .list('ScheduledActions')
    .filter(isRecord)
    .map(({ ScalableTargetAction: action }) => (isRecord(action) ? Number(action.MinCapacity ?? 0) : 0));
  const kept = Math.max(resource.number('MinCapacity', 0), ...scheduled);
  if (kept > 0) throw resource.unpriced(`it keeps a capacity of ${kept}, which is billed by what it scales.`);
  return { basis: 'none', monthlyUsd: 0, why: 'keeps no capacity that nobody uses' };
}
