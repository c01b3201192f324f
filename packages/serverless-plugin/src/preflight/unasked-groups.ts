import type { WatchableGroup } from '../template/watchable-groups.ts';

/** A sentence for each group for which nobody could ask before the deploy. */
export function unaskedGroups(groups: readonly WatchableGroup[]): readonly string[] {
  return groups
    .filter(({ isNameComputed }) => isNameComputed)
    .map(
      ({ logGroupId }) =>
        `${logGroupId} was not asked for, since CloudFormation puts its name together: the deploy fails where it has no room for another filter, and doubles one that leads to Lamplighter already. Write its name in full to have it checked.`,
    );
}
