import { templateLogGroups } from '@lamplighter/coverage';
import { groupName } from './group-name.ts';
import type { WatchableGroup } from './watchable-groups.ts';
import { type CompiledTemplate, filterNameOf } from './woven-template.ts';

/** Log groups to which a template that was woven earlier adds this plugin's filter. */
export function plannedGroups(template: CompiledTemplate, stage: string): readonly WatchableGroup[] {
  const { names } = templateLogGroups(template);
  return Object.values(template.Resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Logs::SubscriptionFilter' && Properties?.FilterName === filterNameOf(stage),
    )
    .map(({ Properties }) => {
      const logGroupId = String((Properties?.LogGroupName as { readonly Ref?: unknown } | undefined)?.Ref);
      return {
        logGroupId,
        ...groupName(template.Resources[logGroupId]?.Properties?.LogGroupName, names.get(logGroupId)),
      };
    });
}
