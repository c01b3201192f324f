import { NEW_GROUP_RETENTION_DAYS } from '../options/lamplighter-options.ts';
import type { WatchableGroup } from '../template/watchable-groups.ts';
import type { AwsPort } from './aws-port.ts';

/** What the owner wrote: days, false for none, or nothing. */
export type WantedRetention = number | false | undefined;

export interface RetentionPlan {
  readonly days: number;
  /** Groups that get it. */
  readonly groups: readonly WatchableGroup[];
  /** Whether it is meant for new groups alone, and nobody has asked yet which are new. */
  readonly isForNewAlone: boolean;
  /** Names of groups of which CloudWatch Logs will delete what it has kept so far. */
  readonly shortened: readonly string[];
  /** Names of groups that were there before, and keep what they have. */
  readonly left: readonly string[];
}

/** Without asking anybody, as a package does. Groups without a name cannot be asked for later: by themselves they get none. */
export function packagedRetention(groups: readonly WatchableGroup[], wanted: WantedRetention): RetentionPlan {
  const isForNewAlone = wanted === undefined;
  const days = wanted === undefined || wanted === false ? NEW_GROUP_RETENTION_DAYS : wanted;
  const chosen = isForNewAlone ? groups.filter(({ name }) => name !== undefined) : groups;
  return { days, groups: wanted === false ? [] : chosen, isForNewAlone, shortened: [], left: [] };
}

/**
 * Asks which groups are there already. CloudWatch Logs deletes what is older than a retention for good: without the owner's word only
 * groups that are new get one, and those that have it from an earlier deploy keep it.
 */
export async function deployedRetention(
  groups: readonly WatchableGroup[],
  wanted: WantedRetention,
  aws: AwsPort,
): Promise<RetentionPlan> {
  const plan = packagedRetention(groups, wanted);
  const existing = await Promise.all(
    plan.groups.map(async ({ name }) => (name === undefined ? undefined : aws.group(name))),
  );
  const there = plan.groups.flatMap((group, at) => {
    const found = existing[at];
    return found === undefined ? [] : [{ group, keepsDays: found.retentionDays ?? Number.POSITIVE_INFINITY }];
  });
  const namesOf = (chosen: typeof there): readonly string[] => chosen.flatMap(({ group }) => group.name ?? []);
  if (!plan.isForNewAlone)
    return { ...plan, shortened: namesOf(there.filter(({ keepsDays }) => keepsDays > plan.days)) };
  const others = there.filter(({ keepsDays }) => keepsDays !== plan.days);
  const left = new Set(others.map(({ group }) => group));
  const kept = plan.groups.filter((group) => !left.has(group));
  return { ...plan, groups: kept, isForNewAlone: false, left: namesOf(others) };
}
