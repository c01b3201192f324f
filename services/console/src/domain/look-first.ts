import type { CostForecast, Finding, WatchedFunction, WatchedResource } from '@lamplighter/contracts';

interface Known {
  /** Open ones. */
  readonly findings: readonly Pick<Finding, 'resource' | 'severity'>[];
  readonly costs: readonly { readonly resource: WatchedResource; readonly cost: Pick<CostForecast, 'lastHourUsd'> }[];
}

const WEIGHT = { critical: 3, warning: 2, info: 1 } as const;

/**
 * Functions in the order in which somebody would look at them: those with open findings, the worst first; of the others the dearest of the last
 * hour; then as they came. So the first of a thousand are those that matter, without a question about each.
 */
export function lookFirst(functions: readonly WatchedFunction[], { findings, costs }: Known): WatchedFunction[] {
  const severity = new Map<string, number>();
  for (const { resource, severity: of } of findings)
    severity.set(keyOf(resource), Math.max(WEIGHT[of], severity.get(keyOf(resource)) ?? 0));
  const spent = new Map(costs.map(({ resource, cost }) => [keyOf(resource), cost.lastHourUsd]));
  return functions
    .map((one) => {
      const key = keyOf({ ...one, type: 'lambda-function', name: one.functionName });
      return { one, severity: severity.get(key) ?? 0, spent: spent.get(key) ?? 0 };
    })
    .sort((a, b) => b.severity - a.severity || b.spent - a.spent)
    .map(({ one }) => one);
}

const keyOf = ({ type, accountId, region, name }: WatchedResource): string => `${type} ${accountId} ${region} ${name}`;
