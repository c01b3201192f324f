import { costOfInvocation } from '../cost-of-invocation.ts';
import { usdOf } from '../price-book.ts';
import type { Charge, ChargeRule, PricedResource } from './charge-rule.ts';
import { requestOf, shapeOf } from './lambda-charges.ts';
import { costOfMachineRun } from './machine-run-cost.ts';
import { runsPerMonth } from './runs-per-month.ts';
import { isRecord } from './template.ts';

/** How long a scheduled run with nothing to do is taken to last. */
const ASSUMED_RUN_MS = 1000;

/** What rules and schedules cost by what they start while nobody uses the system. */
export const SCHEDULE_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::Events::Rule': (resource) => {
    if (!resource.raw('ScheduleExpression')) return { basis: 'none', monthlyUsd: 0, why: 'billed per event' };
    return chargeSchedule(
      resource,
      resource
        .list('Targets')
        .filter(isRecord)
        .map(({ Arn }) => Arn),
      0,
    );
  },
  'AWS::Scheduler::Schedule': (resource) =>
    chargeSchedule(resource, [resource.raw('Target.Arn')], usdOf('eventbridge.scheduler') / 1e6),
};

function chargeSchedule(resource: PricedResource, targets: readonly unknown[], usdPerRun: number): Charge {
  if (resource.text('State', 'ENABLED') === 'DISABLED') return { basis: 'none', monthlyUsd: 0, why: 'disabled' };
  const expression = resource.text('ScheduleExpression', '');
  const runs = runsPerMonth(expression);
  if (runs === 0) return { basis: 'none', monthlyUsd: 0, why: `${expression} runs once at most` };
  const started = targets.map((target) => chargeTarget(resource, target));
  const usd = runs * (usdPerRun + started.reduce((sum, target) => sum + target.usd, 0));
  return {
    basis: 'own-calls',
    monthlyUsd: usd,
    why: `${expression}: ${Math.round(runs)} times a month ${started.map(({ what }) => what).join(' and ')}`,
  };
}

function chargeTarget(resource: PricedResource, target: unknown): { readonly usd: number; readonly what: string } {
  const started = resource.referenced(target);
  if (started?.type === 'AWS::SQS::Queue') return { usd: usdOf(requestOf(started)) / 1e6, what: 'one message' };
  if (started?.type === 'AWS::SNS::Topic') return { usd: usdOf('sns.publish') / 1e6, what: 'one published message' };
  if (started?.type === 'AWS::Events::EventBus')
    return { usd: usdOf('eventbridge.custom_events') / 1e6, what: 'one event' };
  if (started?.type === 'AWS::StepFunctions::StateMachine') return costOfMachineRun(resource, started);
  if (started?.type !== 'AWS::Lambda::Function') {
    throw resource.unpriced(`what its target ${JSON.stringify(target)} costs when it is started is not known.`);
  }
  const { memoryMb: memorySizeMb, architecture } = shapeOf(started);
  const usd = costOfInvocation({ billedDurationMs: ASSUMED_RUN_MS, memorySizeMb, architecture });
  return { usd, what: `a function of ${memorySizeMb} MB, taken to run ${ASSUMED_RUN_MS} ms` };
}
