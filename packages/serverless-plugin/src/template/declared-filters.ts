import type { CompiledTemplate } from './woven-template.ts';

/** Logical ids of the subscription filters that the service itself puts on a log group, by reference or by its name; the plugin's own left out. */
export function declaredFilters(
  template: CompiledTemplate,
  group: { readonly logGroupId: string; readonly name?: string },
  ownName: string,
): readonly string[] {
  return Object.entries(template.Resources)
    .filter(([, { Type, Properties }]) => {
      if (Type !== 'AWS::Logs::SubscriptionFilter' || Properties?.FilterName === ownName) return false;
      const target = Properties?.LogGroupName;
      const referenced = (target as { readonly Ref?: unknown } | null | undefined)?.Ref;
      return referenced === group.logGroupId || (group.name !== undefined && target === group.name);
    })
    .map(([logicalId]) => logicalId);
}
