import type { TemplateLogGroups } from '@lamplighter/coverage';
import type { CompiledTemplate } from './woven-template.ts';

/** What tells the service's filters from each other, and from the plugin's. */
export interface FilterMarks {
  /** The plugin's own filter, which is not among the declared ones. */
  readonly ownName: string;
  readonly known: TemplateLogGroups;
}

/**
 * Logical ids of the subscription filters that the service itself puts on a log group, by reference or by its name; those under a condition
 * that is not the group's left out: whether they will be there is known where it is deployed.
 */
export function declaredFilters(
  { Resources }: CompiledTemplate,
  logGroupId: string,
  { ownName, known }: FilterMarks,
): readonly string[] {
  const ofGroup = Resources[logGroupId]?.Condition;
  return [...known.byFilter].flatMap(([filterId, onGroup]) => {
    const { Properties, Condition } = Resources[filterId] ?? {};
    const isDeclared = onGroup === logGroupId && Properties?.FilterName !== ownName;
    return isDeclared && (Condition === undefined || Condition === ofGroup) ? [filterId] : [];
  });
}
