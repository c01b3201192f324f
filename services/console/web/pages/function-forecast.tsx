import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import type { WhatCame } from '../../src/domain/what-came.ts';
import { usePolled } from '../live/use-polled.ts';
import { BreachCard } from '../parts/breach-card.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { usd } from '../text/say-figures.ts';
import { ForecastCharts, Unanswered } from './forecast-list.tsx';

interface FunctionForecastProps {
  /** Which function, as parameters of the API. */
  readonly query: string;
  readonly came: WhatCame;
}

/** What will become of one function: limits ahead, its forecasts beside what came, its cost by the month's end. */
export function FunctionForecast({ query, came }: FunctionForecastProps) {
  const answer = usePolled<ForecastPage>(`/api/forecasts?${query}`, 60_000);
  return (
    <section>
      <h2>Forecast</h2>
      <Loaded of={answer}>
        {({ forecasts, breaches, costs, unanswered }) => (
          <>
            <Unanswered of={unanswered} />
            {breaches.map((breach) => (
              <BreachCard key={breach.breachId} breach={breach} />
            ))}
            {costs.map(({ resource, cost }) => (
              <p key={`${resource.accountId} ${resource.region}`}>
                {usd(cost.monthSoFarUsd)} this month so far, {usd(cost.monthUsd)} at its end{' '}
                <span class="faint">
                  ({usd(cost.monthLowerUsd)} to {usd(cost.monthUpperUsd)})
                </span>
              </p>
            ))}
            {forecasts.length === 0 && !unanswered.includes('forecasts') && (
              <Empty title="Nothing is forecast yet.">A forecast needs some windows of the function’s traffic.</Empty>
            )}
            {forecasts.map(({ resource, forecasts: each }) => (
              <ForecastCharts key={`${resource.accountId} ${resource.region}`} of={each} came={came} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}
