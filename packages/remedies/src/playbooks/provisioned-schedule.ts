import { provisionedCostPerHour } from '../cost.ts';
import type { Playbook, Proposal } from '../playbook.ts';
import type { AdvisedSchedule, FunctionSettings, RemedyContext } from '../remedy-context.ts';
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
const KEPT_UNRESERVED = 100;

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
    return advised === undefined ? atTheSameHour(settings, context) : asAdvised(settings, advised);
  },
};

/** Nothing where the alias is gone, its owner scales it, or too little would be left for the other functions. */
function asAdvised(settings: FunctionSettings, advised: AdvisedSchedule): Proposal | undefined {
  const { functionName, qualifier, actions, extraUsdPerDay } = advised;
  const most = Math.max(0, ...actions.map(({ concurrency }) => concurrency));
  const isThere = functionName === settings.functionName && settings.aliases.some(({ name }) => name === qualifier);
  if (!isThere || most === 0 || !isFree(settings, qualifier, most)) return undefined;
  const times = actions.map(({ concurrency, schedule }) => `${concurrency} at ${schedule}`).join(', ');
  return scheduleProposal(advised, {
    title: `Keep up to ${most} environments of ${functionName}:${qualifier} ready by the clock`,
    reason: `The prediction advises it from the function's own days: ${times} UTC.`,
    costPerHourUsd: extraUsdPerDay / 24,
  });
}

function atTheSameHour(
  settings: FunctionSettings,
  { finding, traffic, earlier = [] }: RemedyContext,
): Proposal | undefined {
  const qualifier = settings.aliases[0]?.name;
  if (qualifier === undefined) return undefined;
  const days = new Set(earlier.filter((at) => isSameHour(at, finding.openedAt)).map((at) => Math.floor(at / DAY_MS)));
  days.delete(Math.floor(finding.openedAt / DAY_MS));
  const concurrency = Math.max(1, Math.ceil(traffic.peakConcurrency * SHARE_OF_PEAK));
  if (days.size < LEAST_DAYS || !isFree(settings, qualifier, concurrency)) return undefined;
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

const isFree = (
  { scaledAliases, unreservedConcurrency }: FunctionSettings,
  qualifier: string,
  concurrency: number,
): boolean => !scaledAliases.includes(qualifier) && concurrency <= unreservedConcurrency - KEPT_UNRESERVED;

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
