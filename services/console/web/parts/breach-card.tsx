import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import { serverNow } from '../live/api-client.ts';
import { ago, percent, usd, utc } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { StateBadge } from './badges.tsx';

type Breach = ForecastPage['breaches'][number];

/** A limit that will be hit: when, how surely, and what could be done about it. */
export const BreachCard = ({ breach }: { readonly breach: Breach }) => (
  <article class={`item ${breach.change === 'withdrawn' ? 'over' : 'warning'}`}>
    <div class="row">
      <StateBadge state={breach.change} />
      <strong>
        <Text value={breach.resource.name} />: <Text value={breach.limit.name} />
      </strong>
      {breach.expectedAt !== undefined && <span>{ago(breach.expectedAt, serverNow())}</span>}
    </div>
    <p>
      <Text value={breach.explanation} />
    </p>
    <p class="faint">
      {percent(100 * breach.probability)} likely
      {breach.earliestAt !== undefined &&
        breach.latestAt !== undefined &&
        ` · ${utc(breach.earliestAt)} to ${utc(breach.latestAt)}`}
    </p>
    {breach.recommendations.length > 0 && (
      <ul>
        {breach.recommendations.map(({ action, costPerHourUsd, effect }) => (
          <li key={action}>
            {action.replaceAll('-', ' ')}: <Text value={effect} />{' '}
            <span class="faint">{costPerHourUsd === 0 ? 'costs nothing' : `${usd(costPerHourUsd)} an hour`}</span>
          </li>
        ))}
      </ul>
    )}
  </article>
);
