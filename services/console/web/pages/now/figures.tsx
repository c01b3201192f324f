import type { CostTotals } from '../../../src/api/get-forecasts.ts';
import type { Fleet } from '../../../src/api/get-functions.ts';
import { linkTo } from '../../live/route.ts';
import { usePolled } from '../../live/use-polled.ts';
import { count, percent, usd } from '../../text/say-figures.ts';

/** The last hour in figures, once a minute. */
export function Figures() {
  const fleet = usePolled<Fleet>('/api/fleet', 60_000);
  const rows = fleet.body?.rows;
  if (fleet.problem || rows?.length === 0) return null;
  if (rows === undefined) return <p class="faint">Summing up the last hour…</p>;
  const sum = (figure: (row: Fleet['rows'][number]) => number): number =>
    rows.reduce((total, row) => total + figure(row), 0);
  const known = rows.filter(({ completenessPct }) => completenessPct !== null);
  const worst = known.reduce((least, { completenessPct }) => Math.min(least, completenessPct ?? 100), 100);
  const calls = sum(({ invocations }) => invocations);
  const failures = sum((row) => row.failures);
  return (
    <section>
      <h2>The last hour</h2>
      <dl class="figures">
        <Figure name="calls" value={count(calls)} />
        <Figure name="failed" value={count(failures)} note={calls > 0 ? percent((100 * failures) / calls) : ''} />
        <Figure name="cold starts" value={count(sum(({ coldStarts }) => coldStarts))} />
        <Figure name="cost of the functions" value={usd(sum(({ costUsd }) => costUsd))} />
        <Figure name="audited, least of any" value={known.length === 0 ? 'not measured' : percent(worst)} />
      </dl>
      <p class="faint">
        of {rows.length} functions{fleet.body?.cursor !== undefined && ', the first of more'} ·{' '}
        <a href={linkTo('functions')}>each of them</a>
      </p>
    </section>
  );
}

/** What it costs: today, this month, and Lamplighter itself. Nothing where nobody forecasts. */
export function Costs() {
  const { body } = usePolled<CostTotals>('/api/costs', 60_000);
  if (body === undefined || body.monthUsd === 0) return null;
  return (
    <section>
      <h2>Cost</h2>
      <dl class="figures">
        <Figure name="today so far" value={usd(body.todaySoFarUsd)} />
        <Figure name="today, forecast" value={usd(body.todayUsd)} />
        <Figure name="month end, forecast" value={usd(body.monthUsd)} />
        {body.lamplighterMonthUsd !== null && (
          <Figure name="Lamplighter itself, this month" value={usd(body.lamplighterMonthUsd)} />
        )}
      </dl>
      <p class="faint">
        <a href={linkTo('forecasts')}>by function, with the forecasts</a>
      </p>
    </section>
  );
}

const Figure = ({ name, value, note }: { readonly name: string; readonly value: string; readonly note?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value} {note && <span class="faint">{note}</span>}
    </dd>
  </div>
);
