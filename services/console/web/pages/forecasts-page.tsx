import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import { usePolled } from '../live/use-polled.ts';
import { BreachCard } from '../parts/breach-card.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { DearestFunctions } from './dearest-functions.tsx';
import { ForecastList, Unanswered } from './forecast-list.tsx';
import { ScoresView } from './scores-view.tsx';
import { WatchedCosts } from './watched-costs.tsx';

/** What will happen, what it will cost, and how good the forecasts were so far. */
export function ForecastsPage() {
  const answer = usePolled<ForecastPage>('/api/forecasts', 60_000);
  return (
    <>
      <Heading>Forecasts and cost</Heading>
      <Loaded of={answer}>
        {({ breaches, forecasts, hasMoreForecasts, capacity, scores, costs, stacks, lamplighter, unanswered }) => (
          <>
            <Unanswered of={unanswered} />
            {breaches.length > 0 && (
              <section>
                <h2>Limits</h2>
                {breaches.map((breach) => (
                  <BreachCard key={breach.breachId} breach={breach} />
                ))}
              </section>
            )}
            <WatchedCosts costs={costs} stacks={stacks} lamplighter={lamplighter} />
            <ScoresView scores={scores} />
            {forecasts.length === 0 && !unanswered.includes('forecasts') && (
              <Empty title="Nothing is forecast yet.">A forecast needs some windows of a function’s traffic.</Empty>
            )}
            {forecasts.length > 0 && (
              <ForecastList title="Forecasts of functions" of={forecasts} hasMore={hasMoreForecasts} />
            )}
            {capacity.length > 0 && <ForecastList title="Forecasts of what they use" of={capacity} />}
          </>
        )}
      </Loaded>
      <DearestFunctions />
    </>
  );
}
