import { edgeFunctions } from '@lamplighter/coverage';
import { declaredFilters } from './declared-filters.ts';
import { type GroupName, groupName } from './group-name.ts';
import { isSameValue, referencedBy } from './template-values.ts';
import type { CompiledResource, CompiledTemplate } from './woven-template.ts';

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
  for (const functionId of functionIds) {
    const found = atEdge.has(functionId) ? AT_EDGE : groupOf(template, template.Resources[functionId]);
    if (typeof found === 'string') unreachable.push({ functionId, reason: found });
    else groups.set(found.logGroupId, { ...found, declared: declaredFilters(template, found, ownName) });
  }
  return { groups: [...groups.values()], unreachable };
}

function groupOf(template: CompiledTemplate, fn: CompiledResource | undefined): WatchableGroup | string {
  const properties = fn?.Properties ?? {};
  const logging = properties.LoggingConfig as { readonly LogGroup?: unknown } | undefined;
  const name = logging?.LogGroup ?? `/aws/lambda/${String(properties.FunctionName)}`;
  const referenced = referencedBy(name);
  const entry = Object.entries(template.Resources).find(
    ([id, { Type, Properties }]) =>
      Type === 'AWS::Logs::LogGroup' && (id === referenced || isSameValue(Properties?.LogGroupName, name)),
  );
  if (entry === undefined)
    return logging?.LogGroup === undefined
      ? 'it has no log group in this template (disableLogs, or moved to a nested stack?)'
      : 'its log group belongs to another stack: subscribe it there';
  const [logGroupId, { Properties = {} }] = entry;
  if (Properties.LogGroupClass !== undefined && Properties.LogGroupClass !== 'STANDARD')
    return `log groups of the class ${String(Properties.LogGroupClass)} take no subscription`;
  return { logGroupId, ...groupName(Properties.LogGroupName) };
}
