import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import type { WhatCame } from '../../src/domain/what-came.ts';
import { ForecastChart } from '../charts/forecast-chart.tsx';
import { resourceAddress } from '../live/function-address.ts';
import { linkTo } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { count } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

type Foreseen = Pick<ForecastPage['forecasts'][number], 'resource' | 'forecasts'>;

/** As many as are drawn at once: each is some charts. */
const STEP = 10;

interface ForecastListProps {
  readonly title: string;
  readonly of: readonly Foreseen[];
  /** Whether there are more of them than came, each to be seen on its function's page. */
  readonly hasMore?: boolean;
}

/** Forecasts of some things; of many the first, how many there are, and a way to the others. */
export function ForecastList({ title, of, hasMore = false }: ForecastListProps) {
  const [most, setMost] = useKept(`most ${title}`, STEP);
  const behind = of.length - most;
  const all = `${count(of.length)}${hasMore ? '+' : ''}`;
  return (
    <section>
      <h2>
        {title} <span class="faint">{behind > 0 ? `the first ${most} of ${all}` : all}</span>
      </h2>
      {of.slice(0, most).map(({ resource, forecasts }) => (
        <section key={`${resource.accountId} ${resource.region} ${resource.name}`}>
          <h3>
            <ResourceName of={resource} /> <span class="faint">{resource.type.replaceAll('-', ' ')}</span>
          </h3>
          <ForecastCharts of={forecasts} />
        </section>
      ))}
      {behind > 0 && (
        <button type="button" onClick={() => setMost(most + STEP)}>
          Show the next {Math.min(STEP, behind)}
        </button>
      )}
      {hasMore && (
        <p>
          There are more than these: each function’s page has its own, from <a href={linkTo('functions')}>Functions</a>.
        </p>
      )}
    </section>
  );
}

interface ForecastChartsProps {
  readonly of: Foreseen['forecasts'];
  readonly came?: WhatCame;
}

/** A chart of each metric, with what came before it where that is known. */
export const ForecastCharts = ({ of, came }: ForecastChartsProps) => (
  <>
    {of.map((forecast) => (
      <ForecastChart key={forecast.metric} forecast={forecast} came={came} />
    ))}
  </>
);

const ResourceName = ({ of }: { readonly of: Foreseen['resource'] }) =>
  of.type === 'lambda-function' ? (
    <a data-item href={resourceAddress(of)}>
      <Text value={of.name} />
    </a>
  ) : (
    <Text value={of.name} />
  );

const NAMES: Readonly<Record<ForecastPage['unanswered'][number], string>> = {
  forecasts: 'forecasts of functions',
  capacity: 'forecasts of what they use',
  breaches: 'limits',
  costs: 'costs',
  scores: 'how good the forecasts were',
};

/** What is missing because it was not told, and not because there is none. */
export const Unanswered = ({ of }: { readonly of: ForecastPage['unanswered'] }) =>
  of.length === 0 ? null : (
    <p class="note broken" role="alert">
      The prediction service did not tell: {of.map((kind) => NAMES[kind]).join(', ')}. Its own log says why.
    </p>
  );
