import type { RetentionPlan } from '../preflight/plan-retention.ts';
import type { WatchableGroup } from './watchable-groups.ts';
import type { CompiledTemplate } from './woven-template.ts';

/** On a log group whose retention is meant for it only if it is new: whoever deploys the package asks. */
const MARK = { Lamplighter: { RetentionInDays: 'for a new log group alone' } };

/** Those of the groups to which the service gives no retention itself. */
export function silentGroups(template: CompiledTemplate, groups: readonly WatchableGroup[]): readonly WatchableGroup[] {
  return groups.filter(({ logGroupId }) => template.Resources[logGroupId]?.Properties?.RetentionInDays === undefined);
}

/** Gives log groups their retention, in place. */
export function setRetention(template: CompiledTemplate, { groups, isForNewAlone }: RetentionPlan): void {
  for (const { logGroupId, days } of groups) {
    const group = template.Resources[logGroupId];
    if (group === undefined) continue;
    group.Properties = { ...group.Properties, RetentionInDays: days };
    if (isForNewAlone) group.Metadata = { ...group.Metadata, ...MARK };
  }
}

/** Names of log groups of a packaged template that are to get this many days if they are new. */
export function markedGroups(template: CompiledTemplate): readonly { readonly name: string; readonly days: number }[] {
  return Object.values(template.Resources).flatMap(({ Type, Properties, Metadata }) => {
    const { LogGroupName: name, RetentionInDays: days } = Properties ?? {};
    const isMarked =
      Type === 'AWS::Logs::LogGroup' && JSON.stringify(Metadata?.Lamplighter) === JSON.stringify(MARK.Lamplighter);
    return isMarked && typeof name === 'string' && typeof days === 'number' ? [{ name, days }] : [];
  });
}
