import { provisionedCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';

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

/** Cold starts that come back at the same hour of the day: environments are made ready before it, every day, and let go after it. */
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
  ],
  // What it does shows tomorrow.
  verifies: 'none',
  propose: ({ finding, function: settings, traffic, earlier = [] }) => {
    const alias = settings?.aliases[0];
    if (settings === undefined || alias === undefined || settings.scaledAliases.includes(alias.name)) return undefined;
    const days = new Set(earlier.filter((at) => isSameHour(at, finding.openedAt)).map((at) => Math.floor(at / DAY_MS)));
    days.delete(Math.floor(finding.openedAt / DAY_MS));
    const concurrency = Math.max(1, Math.ceil(traffic.peakConcurrency * SHARE_OF_PEAK));
    if (days.size < LEAST_DAYS || concurrency > settings.unreservedConcurrency - KEPT_UNRESERVED) return undefined;
    const { functionName, memorySizeMb, architecture } = settings;
    const up = dailyAt(finding.openedAt - LEAD_MS);
    const down = dailyAt(finding.openedAt + HELD_MS);
    const qualifier = alias.name;
    const heldShare = (LEAD_MS + HELD_MS) / DAY_MS;
    return {
      change: {
        kind: 'lambda-provisioned-schedule',
        functionName,
        qualifier,
        range: { min: 0, max: concurrency },
        actions: [
          { name: 'lamplighter-up', at: { schedule: up, min: concurrency, max: concurrency } },
          { name: 'lamplighter-down', at: { schedule: down, min: 0, max: 0 } },
        ],
      },
      title: `Keep ${concurrency} environments of ${functionName}:${qualifier} ready every day, ${up} to ${down} UTC`,
      reason: `Cold starts came at this hour on ${days.size} earlier days, with up to ${traffic.peakConcurrency} environments at once.`,
      costPerHourUsd: provisionedCostPerHour(concurrency, memorySizeMb, architecture) * heldShare,
      undo: 'The schedule is deleted, and the alias is scaled by nobody.',
      patch: schedulePatch(functionName, qualifier, concurrency, up, down),
    };
  },
};

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

const schedulePatch = (functionName: string, alias: string, most: number, up: string, down: string): string =>
  [
    'resources:',
    '  Resources:',
    '    ProvisionedByTheClock:',
    '      Type: AWS::ApplicationAutoScaling::ScalableTarget',
    '      Properties:',
    '        ServiceNamespace: lambda',
    '        ScalableDimension: lambda:function:ProvisionedConcurrency',
    `        ResourceId: function:${functionName}:${alias}`,
    '        MinCapacity: 0',
    `        MaxCapacity: ${most}`,
    '        ScheduledActions:',
    `          - { ScheduledActionName: up, Schedule: "${up}", ScalableTargetAction: { MinCapacity: ${most}, MaxCapacity: ${most} } }`,
    `          - { ScheduledActionName: down, Schedule: "${down}", ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } }`,
    '',
  ].join('\n');
