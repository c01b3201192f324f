import * as z from 'zod';
import { NEW_GROUP_RETENTION_DAYS } from '../options/lamplighter-options.ts';
import { FOR_EVERY_GROUP, FOR_NEW_GROUPS, type RetentionMark } from '../template/set-retention.ts';
import type { WatchableGroup } from '../template/watchable-groups.ts';
import type { AwsPort, ExistingGroup } from './aws-port.ts';

const Deployed = z.object({
  Resources: z.record(z.string(), z.object({ Properties: z.record(z.string(), z.unknown()).nullish() })),
});

const FOR_EVER = Number.POSITIVE_INFINITY;

/** What the owner wrote: days, false for none, or nothing. */
export type WantedRetention = number | false | undefined;

/** A log group, and the retention that the template gives it. */
export interface RetainedGroup extends WatchableGroup {
  readonly days: number;
}

export interface RetentionPlan {
  /** The retention of those that are new, or of all where the owner asked for it. */
  readonly days: number;
  readonly groups: readonly RetainedGroup[];
  /** For which groups it is meant, where nobody has asked yet which are there. */
  readonly mark?: RetentionMark;
  /** Names of groups of which CloudWatch Logs will delete what it has kept so far. */
  readonly shortened: readonly string[];
  /** Names of groups that were there before, and keep another retention than this, or none. */
  readonly left: readonly string[];
}

/** Without asking anybody, as a package does. Groups without a name cannot be asked for later: by themselves they get none. */
export function packagedRetention(groups: readonly WatchableGroup[], wanted: WantedRetention): RetentionPlan {
  const isForNewAlone = wanted === undefined;
  const days = wanted === undefined || wanted === false ? NEW_GROUP_RETENTION_DAYS : wanted;
  const chosen = groups.filter(({ name, isExcluded }) => name !== undefined || !(isForNewAlone || isExcluded));
  const retained = wanted === false ? [] : chosen.map((group) => ({ ...group, days }));
  return { days, groups: retained, mark: isForNewAlone ? FOR_NEW_GROUPS : FOR_EVERY_GROUP, shortened: [], left: [] };
}

/** What a deploy asks. */
export interface RetentionAccount {
  readonly aws: AwsPort;
  readonly stackName: string;
}

/**
 * Asks which groups are there already. CloudWatch Logs deletes what is older than a retention for good: without the owner's word only
 * groups that are new get one. Of those that are there, a retention is written only where the template that was deployed last has one, and
 * then the very one that the group has now: CloudFormation takes away what a template no longer names. One that somebody set by hand is
 * in no template, and stays out of it: it would go with the plugin.
 */
export async function deployedRetention(
  groups: readonly WatchableGroup[],
  wanted: WantedRetention,
  account: RetentionAccount,
): Promise<RetentionPlan> {
  const { mark, ...plan } = packagedRetention(groups, wanted);
  const there = await existingAmong(plan.groups, account.aws);
  const namesWhere = (holds: (keepsDays: number) => boolean): readonly string[] =>
    [...there].flatMap(([{ name }, keepsDays]) => (name !== undefined && holds(keepsDays) ? [name] : []));
  if (mark !== FOR_NEW_GROUPS) return withoutOldExcluded(plan, there, account);
  const inTemplate = there.size === 0 ? new Set<string>() : await retainedByTemplate(account);
  const kept = plan.groups
    .filter((group) => !there.has(group) || inTemplate.has(group.logGroupId))
    .map((group) => ({ ...group, days: there.get(group) ?? group.days }));
  return {
    ...plan,
    groups: kept.filter(({ days }) => days !== FOR_EVER),
    left: namesWhere((keepsDays) => keepsDays !== plan.days),
  };
}

/** The days that the owner asks for are not for the groups of excluded functions that are there already, unless the template deployed last gave them some. */
async function withoutOldExcluded(
  plan: RetentionPlan,
  there: ReadonlyMap<RetainedGroup, number>,
  account: RetentionAccount,
): Promise<RetentionPlan> {
  const hasOldExcluded = [...there.keys()].some(({ isExcluded }) => isExcluded);
  const inTemplate = hasOldExcluded ? await retainedByTemplate(account) : new Set<string>();
  const isLeft = (group: RetainedGroup): boolean =>
    group.isExcluded === true && there.has(group) && !inTemplate.has(group.logGroupId);
  const namesOf = (groups: readonly RetainedGroup[]) =>
    groups.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const groups = plan.groups.filter((group) => !isLeft(group));
  return {
    ...plan,
    groups,
    shortened: namesOf(groups.filter((group) => (there.get(group) ?? 0) > plan.days)),
    left: namesOf(plan.groups.filter((group) => isLeft(group) && there.get(group) !== plan.days)),
  };
}

/** Whether a group keeps its logs for longer than so many days. */
export const keptLonger = (group: ExistingGroup | undefined, days: number): boolean =>
  group !== undefined && (group.retentionDays ?? FOR_EVER) > days;

/** Logical ids of the log groups to which the template that was deployed last gives a retention. */
async function retainedByTemplate({ aws, stackName }: RetentionAccount): Promise<ReadonlySet<string>> {
  const deployed = Deployed.safeParse(await aws.deployedTemplate(stackName));
  const resources = Object.entries(deployed.data?.Resources ?? {});
  return new Set(resources.flatMap(([id, { Properties }]) => (Properties?.RetentionInDays === undefined ? [] : [id])));
}

/**
 * For how many days those of the groups that are there keep their logs. One after the other: CloudWatch Logs throttles who asks for all
 * groups of a large service at once.
 */
async function existingAmong(
  groups: readonly RetainedGroup[],
  aws: AwsPort,
): Promise<ReadonlyMap<RetainedGroup, number>> {
  const there = new Map<RetainedGroup, number>();
  for (const group of groups) {
    const found = group.name === undefined ? undefined : await aws.group(group.name);
    if (found !== undefined) there.set(group, found.retentionDays ?? FOR_EVER);
  }
  return there;
}
