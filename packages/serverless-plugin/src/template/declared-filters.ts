import type { CompiledTemplate } from './woven-template.ts';

/**
 * Logical ids of the subscription filters that the service itself puts on a log group, by reference or by its name; the plugin's own left out, and those under a condition
 * that is not the group's: whether they will be there is known where it is deployed.
 */
export function declaredFilters(
  template: CompiledTemplate,
  group: { readonly logGroupId: string; readonly name?: string },
  ownName: string,
): readonly string[] {
  const ofGroup = template.Resources[group.logGroupId]?.Condition;
  return Object.entries(template.Resources)
    .filter(([, { Type, Properties, Condition }]) => {
      if (Condition !== undefined && Condition !== ofGroup) return false;
      if (Type !== 'AWS::Logs::SubscriptionFilter' || Properties?.FilterName === ownName) return false;
      const target = Properties?.LogGroupName;
      const referenced = (target as { readonly Ref?: unknown } | null | undefined)?.Ref;
      return referenced === group.logGroupId || (group.name !== undefined && target === group.name);
    })
    .map(([logicalId]) => logicalId);
}
