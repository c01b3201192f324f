import type { ForecastsAnswer } from '@lamplighter/contracts';
import type { ForecastView } from './forecast-view.ts';

type StackCost = NonNullable<Extract<ForecastsAnswer, { kind: 'costs' }>['services']>[number];

/** The functions of each CloudFormation stack together, dearest first. Their bands are taken as independent: half-widths add up in squares. */
export function costsOfStacks(views: readonly ForecastView[]): StackCost[] {
  const key = ({ stack, resource }: ForecastView): string => `${resource.accountId}/${resource.region}/${stack}`;
  const stacks = Map.groupBy(
    views.filter(({ stack }) => stack !== undefined),
    key,
  );
  return [...stacks.values()].map(costOfStack).sort((a, b) => b.monthUsd - a.monthUsd);
}

function costOfStack(its: readonly ForecastView[]): StackCost {
  const { accountId, region } = its[0]!.resource;
  const sum = (of: (cost: ForecastView['cost']) => number): number =>
    its.reduce((total, { cost }) => total + of(cost), 0);
  const monthUsd = sum((cost) => cost.monthUsd);
  const half = (of: (cost: ForecastView['cost']) => number): number => Math.sqrt(sum((cost) => of(cost) ** 2));
  return {
    accountId,
    region,
    stack: its[0]!.stack!,
    functions: its.length,
    todayUsd: sum((cost) => cost.todayUsd),
    monthSoFarUsd: sum((cost) => cost.monthSoFarUsd),
    monthUsd,
    monthLowerUsd: Math.max(0, monthUsd - half((cost) => cost.monthUsd - cost.monthLowerUsd)),
    monthUpperUsd: monthUsd + half((cost) => cost.monthUpperUsd - cost.monthUsd),
  };
}
