import { isSameValue, referencedBy } from './template-values.ts';
import type { CompiledTemplate } from './woven-template.ts';

/**
 * Logical ids of the subscription filters that the service itself puts on a log group, by reference or by its name; the plugin's own left out, and those under a condition
 * that is not the group's: whether they will be there is known where it is deployed.
 */
export function declaredFilters(
  template: CompiledTemplate,
  group: { readonly logGroupId: string },
  ownName: string,
): readonly string[] {
  const { Condition: ofGroup, Properties: { LogGroupName: nameInTemplate } = {} } =
    template.Resources[group.logGroupId] ?? {};
  return Object.entries(template.Resources)
    .filter(([, { Type, Properties, Condition }]) => {
      if (Condition !== undefined && Condition !== ofGroup) return false;
      if (Type !== 'AWS::Logs::SubscriptionFilter' || Properties?.FilterName === ownName) return false;
      const target = Properties?.LogGroupName;
      return referencedBy(target) === group.logGroupId || isSameValue(target, nameInTemplate);
    })
    .map(([logicalId]) => logicalId);
}
