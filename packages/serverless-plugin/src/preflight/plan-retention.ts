import { NEW_GROUP_RETENTION_DAYS } from '../options/lamplighter-options.ts';
import type { WatchableGroup } from '../template/watchable-groups.ts';
import type { AwsPort } from './aws-port.ts';

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
  /** Whether it is meant for new groups alone, and nobody has asked yet which are new. */
  readonly isForNewAlone: boolean;
  /** Names of groups of which CloudWatch Logs will delete what it has kept so far. */
  readonly shortened: readonly string[];
  /** Names of groups that were there before, and keep another retention than this, or none. */
  readonly left: readonly string[];
}

/** Without asking anybody, as a package does. Groups without a name cannot be asked for later: by themselves they get none. */
export function packagedRetention(groups: readonly WatchableGroup[], wanted: WantedRetention): RetentionPlan {
  const isForNewAlone = wanted === undefined;
  const days = wanted === undefined || wanted === false ? NEW_GROUP_RETENTION_DAYS : wanted;
  const chosen = isForNewAlone ? groups.filter(({ name }) => name !== undefined) : groups;
  const retained = wanted === false ? [] : chosen.map((group) => ({ ...group, days }));
  return { days, groups: retained, isForNewAlone, shortened: [], left: [] };
}

/**
 * Asks which groups are there already. CloudWatch Logs deletes what is older than a retention for good: without the owner's word only
 * groups that are new get one. Those that have one are given the very same: CloudFormation takes a retention away that an earlier
 * deploy gave and the template no longer names.
 */
export async function deployedRetention(
  groups: readonly WatchableGroup[],
  wanted: WantedRetention,
  aws: AwsPort,
): Promise<RetentionPlan> {
  const plan = packagedRetention(groups, wanted);
  const there = await existingAmong(plan.groups, aws);
  const namesWhere = (holds: (keepsDays: number) => boolean): readonly string[] =>
    [...there].flatMap(([{ name }, keepsDays]) => (name !== undefined && holds(keepsDays) ? [name] : []));
  if (!plan.isForNewAlone) return { ...plan, shortened: namesWhere((keepsDays) => keepsDays > plan.days) };
  const kept = plan.groups.map((group) => ({ ...group, days: there.get(group) ?? group.days }));
  return {
    ...plan,
    groups: kept.filter(({ days }) => days !== FOR_EVER),
    isForNewAlone: false,
    left: namesWhere((keepsDays) => keepsDays !== plan.days),
  };
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
