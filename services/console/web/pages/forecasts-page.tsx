import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import type { Fleet } from '../../src/api/get-functions.ts';
import { costTotals } from '../../src/domain/cost-totals.ts';
import { linkTo } from '../live/route.ts';
import { usePolled } from '../live/use-polled.ts';
import { BreachCard } from '../parts/breach-card.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { count, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { ForecastList, Unanswered } from './forecast-list.tsx';
import { ScoresView } from './scores-view.tsx';
import { StacksView } from './stacks-view.tsx';

const HOURS_OF_A_DAY = 24;
const MOST_DEAREST = 20;

/** What the watched functions cost, from the audit itself. */
function LastHour() {
  const fleet = usePolled<Fleet>('/api/fleet?limit=100', 60_000);
  return (
    <Loaded of={fleet}>
      {({ rows, cursor }) => {
        const total = rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
        const dearest = rows.toSorted((a, b) => b.costUsd - a.costUsd).slice(0, MOST_DEAREST);
        return (
          <section>
            <h2>The last hour, by function</h2>
            {rows.length === 0 && <Empty title="No function was seen yet." />}
            <dl class="figures">
              <div>
                <dt>the last hour</dt>
                <dd>{usd(total)}</dd>
              </div>
              <div>
                <dt>a day like it</dt>
                <dd>{usd(total * HOURS_OF_A_DAY)}</dd>
              </div>
            </dl>
            <p class="faint">
              Duration and requests at list prices, of {count(rows.length)} functions
              {cursor === undefined ? '' : ', the first of more'}.
              {rows.length > MOST_DEAREST && ` The dearest ${MOST_DEAREST} of them:`}
            </p>
            <table>
              <thead>
                <tr>
                  <th scope="col">function</th>
                  <th scope="col">last hour</th>
                  <th scope="col">calls</th>
                </tr>
              </thead>
              <tbody>
                {dearest.map((row) => (
                  <tr key={`${row.accountId} ${row.region} ${row.functionName}`}>
                    <th scope="row">
                      <a data-item href={linkTo('function', { name: row.functionName })}>
                        <Text value={row.functionName} />
                      </a>
                    </th>
                    <td>{usd(row.costUsd)}</td>
                    <td>{count(row.invocations)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      }}
    </Loaded>
  );
}

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
            <Costs costs={costs} stacks={stacks} lamplighter={lamplighter} />
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
      <LastHour />
    </>
  );
}

function Costs({ costs, stacks, lamplighter }: Pick<ForecastPage, 'costs' | 'stacks' | 'lamplighter'>) {
  if (costs.length === 0) return null;
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
