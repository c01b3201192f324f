import { templateLogGroups } from '@lamplighter/coverage';
import type { RetentionPlan } from '../preflight/plan-retention.ts';
import type { WatchableGroup } from './watchable-groups.ts';
import type { CompiledTemplate } from './woven-template.ts';

/** On log groups whose retention nobody has asked about yet: whoever deploys the package does. */
export const FOR_NEW_GROUPS = 'for a new log group alone';
export const FOR_EVERY_GROUP = 'for every log group';
export type RetentionMark = typeof FOR_NEW_GROUPS | typeof FOR_EVERY_GROUP;

/** Those of the groups to which the service gives no retention itself. */
export function silentGroups(template: CompiledTemplate, groups: readonly WatchableGroup[]): readonly WatchableGroup[] {
  return groups.filter(({ logGroupId }) => template.Resources[logGroupId]?.Properties?.RetentionInDays === undefined);
}

/** Gives log groups their retention, in place. */
export function setRetention(template: CompiledTemplate, { groups, mark }: RetentionPlan): void {
  for (const { logGroupId, days, isExcluded } of groups) {
    const group = template.Resources[logGroupId];
    if (group === undefined) continue;
    group.Properties = { ...group.Properties, RetentionInDays: days };
    if (mark === undefined) continue;
    // The owner's days cut nothing of an excluded function that is there already.
    const written: RetentionMark = isExcluded ? FOR_NEW_GROUPS : mark;
    group.Metadata = { ...group.Metadata, Lamplighter: { RetentionInDays: written } };
  }
}

/** Log groups of a packaged template whose retention has this mark, with their days. */
export function markedGroups(
  template: CompiledTemplate,
  mark: RetentionMark,
): readonly { readonly name: string; readonly days: number }[] {
  const { names } = templateLogGroups(template);
  return Object.entries(template.Resources).flatMap(([logGroupId, { Type, Properties, Metadata }]) => {
    const name = names.get(logGroupId);
    const days = Properties?.RetentionInDays;
    const written = Metadata?.Lamplighter as { readonly RetentionInDays?: unknown } | null | undefined;
    const isMarked = Type === 'AWS::Logs::LogGroup' && written?.RetentionInDays === mark;
    return isMarked && name !== undefined && typeof days === 'number' ? [{ name, days }] : [];
  });
}
