import type { ForecastsAnswer } from '@lamplighter/contracts';
import { sumOfOutlooks } from '@lamplighter/prediction';
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
  const { todayUsd, monthSoFarUsd, monthUsd, monthLowerUsd, monthUpperUsd } = sumOfOutlooks(
    its.map(({ cost }) => cost),
  );
  return {
    accountId,
    region,
    stack: its[0]!.stack!,
    functions: its.length,
    todayUsd,
    monthSoFarUsd,
    monthUsd,
    monthLowerUsd,
    monthUpperUsd,
  };
}
