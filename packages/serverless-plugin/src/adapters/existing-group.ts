import type { ExistingGroup } from '../preflight/aws-port.ts';

interface AnsweredGroup {
  readonly logGroupName?: string | undefined;
  readonly retentionInDays?: number | undefined;
}

/** The group of exactly this name among those whose names begin so: the first, since they come in the order of their names. */
export function existingGroup(groups: readonly AnsweredGroup[], name: string): ExistingGroup | undefined {
  const found = groups.find(({ logGroupName }) => logGroupName === name);
  if (found === undefined) return undefined;
  return found.retentionInDays === undefined ? {} : { retentionDays: found.retentionInDays };
}
