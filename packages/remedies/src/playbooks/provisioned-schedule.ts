import { provisionedCostPerHour } from '../cost.ts';
import type { Playbook, Proposal } from '../playbook.ts';
import type { AdvisedSchedule, FunctionSettings, RemedyContext } from '../remedy-context.ts';
import { calledAlias } from './called-alias.ts';
import { provisionable } from './provisionable.ts';
import { scheduleProposal } from './schedule-proposal.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Earlier days on which it happened within an hour of the same time. */
const LEAST_DAYS = 2;
/** Environments take some minutes to come up, and the hour is never quite the same. */
const LEAD_MS = 30 * MINUTE_MS;
const HELD_MS = 2 * HOUR_MS;
const SHARE_OF_PEAK = 1.1;

/** Cold starts that come back at the same hour of the day, or that the prediction foresees: environments are made ready before it, every day, and let go after it. */
export const provisionedSchedule: Playbook = {
  name: 'provisioned-schedule',
  answers: ['cold-starts'],
  risk: 'medium',
  permissions: [
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling:DescribeScheduledActions',
    'application-autoscaling:RegisterScalableTarget',
    'application-autoscaling:PutScheduledAction',
    'application-autoscaling:DeleteScheduledAction',
    'application-autoscaling:DeregisterScalableTarget',
    // The first target of an account: https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
    'iam:CreateServiceLinkedRole',
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:DeleteProvisionedConcurrencyConfig',
  ],
  // What it does shows tomorrow.
  verifies: 'none',
  propose: (context) => {
    const { function: settings, advised } = context;
    if (settings === undefined) return undefined;
    return advised === undefined ? atTheSameHour(settings, context) : asAdvised(settings, advised, context);
  },
};

/** Nothing where the alias is gone or serves `$LATEST`, its owner scales it, or too little would be left for the other functions; no more than is reserved. */
function asAdvised(settings: FunctionSettings, advised: AdvisedSchedule, context: RemedyContext): Proposal | undefined {
  const { functionName, qualifier, extraUsdPerDay } = advised;
  const alias = settings.aliases.find(({ name, version }) => name === qualifier && version !== '$LATEST');
  if (functionName !== settings.functionName || alias === undefined || isScaled(settings, qualifier)) return undefined;
  const wanted = Math.max(0, ...advised.actions.map(({ concurrency }) => concurrency));
  const most = provisionable(wanted, alias.version, context);
  if (most === 0) return undefined;
  const actions = advised.actions.map((one) => ({ ...one, concurrency: Math.min(one.concurrency, most) }));
  const times = actions.map(({ concurrency, schedule }) => `${concurrency} at ${schedule}`).join(', ');
  return scheduleProposal(
    { functionName, qualifier, actions },
    {
      title: `Keep up to ${most} environments of ${functionName}:${qualifier} ready by the clock`,
      reason: `The prediction advises it from the function's own days: ${times} UTC.`,
      costPerHourUsd: extraUsdPerDay / 24,
    },
  );
}

function atTheSameHour(settings: FunctionSettings, context: RemedyContext): Proposal | undefined {
  const { finding, traffic, earlier = [] } = context;
  const alias = calledAlias(context);
  if (alias === undefined || isScaled(settings, alias.name)) return undefined;
  const qualifier = alias.name;
  const days = new Set(earlier.filter((at) => isSameHour(at, finding.openedAt)).map((at) => Math.floor(at / DAY_MS)));
  days.delete(Math.floor(finding.openedAt / DAY_MS));
  const wanted = Math.max(1, Math.ceil(traffic.peakConcurrency * SHARE_OF_PEAK));
  const concurrency = provisionable(wanted, alias.version, context);
  if (days.size < LEAST_DAYS || concurrency === 0) return undefined;
  const { functionName, memorySizeMb, architecture } = settings;
  const up = dailyAt(finding.openedAt - LEAD_MS);
  const down = dailyAt(finding.openedAt + HELD_MS);
  const heldShare = (LEAD_MS + HELD_MS) / DAY_MS;
  const actions = [
    { name: 'lamplighter-up', schedule: up, concurrency },
    { name: 'lamplighter-down', schedule: down, concurrency: 0 },
  ];
  return scheduleProposal(
    { functionName, qualifier, actions },
    {
      title: `Keep ${concurrency} environments of ${functionName}:${qualifier} ready every day, ${up} to ${down} UTC`,
      reason: `Cold starts came at this hour on ${days.size} earlier days, with up to ${traffic.peakConcurrency} environments at once.`,
      costPerHourUsd: provisionedCostPerHour(concurrency, memorySizeMb, architecture) * heldShare,
    },
  );
}

const isScaled = ({ scaledAliases }: FunctionSettings, qualifier: string): boolean => scaledAliases.includes(qualifier);

/** Within an hour of the same time of day, also across midnight. */
function isSameHour(one: number, other: number): boolean {
  const apart = Math.abs((one % DAY_MS) - (other % DAY_MS));
  return Math.min(apart, DAY_MS - apart) <= HOUR_MS;
}

/** https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html */
function dailyAt(at: number): string {
  const time = new Date(at);
  return `cron(${time.getUTCMinutes()} ${time.getUTCHours()} * * ? *)`;
}
