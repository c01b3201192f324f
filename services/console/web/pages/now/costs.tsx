import type { CostTotals } from '../../../src/api/get-forecasts.ts';
import { linkTo } from '../../live/route.ts';
import { usePolled } from '../../live/use-polled.ts';
import { Loaded } from '../../parts/notes.tsx';
import { usd } from '../../text/say-figures.ts';
import { Figure } from './figure.tsx';

/** What it costs: today, this month, and Lamplighter itself. Nothing where nobody forecasts. It asks before it is shown, as the load ahead. */
export function Costs({ isShown }: { readonly isShown: boolean }) {
  const costs = usePolled<CostTotals>('/api/costs', 60_000);
  if (!isShown || costs.problem?.code === 'NOT_DEPLOYED') return null;
  return (
    <section>
      <h2>Cost</h2>
      <Loaded of={costs}>
        {(body) => (
          <dl class="figures">
            <Figure name="today so far" value={usd(body.todaySoFarUsd)} />
            <Figure name="today, forecast" value={usd(body.todayUsd)} />
            <Figure name="month end, forecast" value={usd(body.monthUsd)} />
            {body.lamplighterMonthUsd !== null && (
              <Figure
                name="Lamplighter itself, this month"
                value={usd(body.lamplighterMonthUsd)}
                {...(body.lamplighterStandingUsd !== null && {
                  note: `plus ${usd(body.lamplighterStandingUsd)} standing`,
                })}
              />
            )}
          </dl>
        )}
      </Loaded>
      <p class="faint">
        <a href={linkTo('forecasts')}>by function, with the forecasts</a>
      </p>
    </section>
  );
}
