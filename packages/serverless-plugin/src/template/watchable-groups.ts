import { edgeFunctions, type TemplateLogGroups, templateLogGroups } from '@lamplighter/coverage';
import { declaredFilters } from './declared-filters.ts';
import { type GroupName, groupName } from './group-name.ts';
import type { CompiledTemplate } from './woven-template.ts';

/** A log group of the stack that functions write to. */
export interface WatchableGroup extends GroupName {
  readonly logGroupId: string;
  /** Logical ids of the service's own subscription filters on it. */
  readonly declared?: readonly string[];
  /** Only functions write to it that are not to be subscribed. */
  readonly isExcluded?: true;
}

export interface WatchableGroups {
  readonly groups: readonly WatchableGroup[];
  /** Functions whose logs cannot be subscribed from here, each with the reason. */
  readonly unreachable: readonly { readonly functionId: string; readonly reason: string }[];
}

const AT_EDGE = 'CloudFront calls it at the edge, where it logs to a group of the region next to each viewer';

/**
 * The log groups of these functions, each once. Lambda writes to `/aws/lambda/<name>` unless `LoggingConfig` says otherwise.
 * @param ownName the plugin's own filter, which is not among the declared ones
 */
export function watchableGroups(
  template: CompiledTemplate,
  functionIds: readonly string[],
  ownName: string,
): WatchableGroups {
  const groups = new Map<string, WatchableGroup>();
  const unreachable: { functionId: string; reason: string }[] = [];
  const atEdge = edgeFunctions(template);
  const known = templateLogGroups(template);
  for (const functionId of functionIds) {
    const found = atEdge.has(functionId) ? AT_EDGE : groupOf(template, functionId, known);
    if (typeof found === 'string') unreachable.push({ functionId, reason: found });
    else
      groups.set(found.logGroupId, {
        ...found,
        declared: declaredFilters(template, found.logGroupId, { ownName, known }),
      });
  }
  return { groups: [...groups.values()], unreachable };
}

function groupOf(template: CompiledTemplate, functionId: string, known: TemplateLogGroups): WatchableGroup | string {
  const fn = template.Resources[functionId];
  if (fn === undefined) return 'it is not in this template (added too late, or moved to a nested stack?)';
  const logGroupId = known.byFunction.get(functionId);
  if (logGroupId === undefined) {
    const logging = fn.Properties?.LoggingConfig as { readonly LogGroup?: unknown } | undefined;
    return logging?.LogGroup === undefined
      ? 'it has no log group in this template (disableLogs, or moved to a nested stack?)'
      : 'its log group belongs to another stack: subscribe it there';
  }
  const { Properties = {} } = template.Resources[logGroupId] ?? {};
  if (Properties.LogGroupClass !== undefined && Properties.LogGroupClass !== 'STANDARD')
    return `log groups of the class ${String(Properties.LogGroupClass)} take no subscription`;
  return { logGroupId, ...groupName(Properties.LogGroupName, known.names.get(logGroupId)) };
}
