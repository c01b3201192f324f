import type { CostForecast, WatchedResource } from '@lamplighter/contracts';

type Figure = 'todaySoFarUsd' | 'todayUsd' | 'monthSoFarUsd' | 'monthUsd';

/** Costs of all functions together, USD. An account's own row is the sum of its functions, and is left out. */
export function costTotals(
  costs: readonly { readonly resource: WatchedResource; readonly cost: CostForecast }[],
): Record<Figure, number> {
  const functions = costs.filter(({ resource }) => resource.type === 'lambda-function');
  const sum = (figure: Figure): number => functions.reduce((total, { cost }) => total + cost[figure], 0);
  return {
    todaySoFarUsd: sum('todaySoFarUsd'),
    todayUsd: sum('todayUsd'),
    monthSoFarUsd: sum('monthSoFarUsd'),
    monthUsd: sum('monthUsd'),
  };
}
