import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import { costTotals } from '../../src/domain/cost-totals.ts';
import { usd } from '../text/say-figures.ts';
import { StacksView } from './stacks-view.tsx';

/** What the watched functions cost, by stack too, and Lamplighter itself: that costs something even where nothing is called. */
export function WatchedCosts({ costs, stacks, lamplighter }: Pick<ForecastPage, 'costs' | 'stacks' | 'lamplighter'>) {
  if (costs.length === 0 && lamplighter === null) return null;
  const totals = costTotals(costs);
  return (
    <section>
      <h2>Cost of the watched functions</h2>
      <dl class="figures">
        <Money name="today so far" usd={totals.todaySoFarUsd} />
        <Money name="today, forecast" usd={totals.todayUsd} />
        <Money name="this month so far" usd={totals.monthSoFarUsd} />
        <Money name="this month, forecast" usd={totals.monthUsd} />
        {lamplighter && <Money name="Lamplighter itself, this month (computed)" usd={lamplighter.monthUsd} />}
        {lamplighter?.standingMonthUsd !== undefined && (
          <Money name="plus alarms and polls of empty queues, a month" usd={lamplighter.standingMonthUsd} />
        )}
      </dl>
      <StacksView stacks={stacks} />
    </section>
  );
}

const Money = ({ name, usd: amount }: { readonly name: string; readonly usd: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{usd(amount)}</dd>
  </div>
);
