import type { CompiledTemplate } from './woven-template.ts';

/** Gives these log groups a retention where the service gives none, in place; tells which. */
export function setRetention(
  template: CompiledTemplate,
  logGroupIds: readonly string[],
  retentionDays: number,
): readonly string[] {
  const changed = logGroupIds.filter((id) => template.Resources[id]?.Properties?.RetentionInDays === undefined);
  for (const id of changed) {
    const group = template.Resources[id];
    if (group) group.Properties = { ...group.Properties, RetentionInDays: retentionDays };
  }
  return changed;
}
