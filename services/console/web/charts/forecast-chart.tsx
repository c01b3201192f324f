import { useMemo } from 'preact/hooks';
import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import { count, percent } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { LineChart } from './line-chart.tsx';

type Forecast = ForecastPage['forecasts'][number]['forecasts'][number];

const BANDS = [[1, 2]] as const;

/** A forecast with its widest band, and how those before it did. */
export function ForecastChart({ forecast }: { readonly forecast: Forecast }) {
  const { x, series, levelPct } = useMemo(() => linesOf(forecast), [forecast]);
  return (
    <>
      <LineChart
        label={`${forecast.metric}, ${forecast.unit}: forecast${levelPct ? ` with its ${levelPct} % band` : ''}`}
        x={x}
        series={series}
        show={figure}
        bands={levelPct ? BANDS : NONE}
      />
      <p class="faint">
        by <Text value={forecast.forecaster} />
        {forecast.score
          ? ` · off by ${percent(100 * forecast.score.wape)} so far (naive ${percent(100 * forecast.score.naiveWape)}); ${percent(forecast.score.coverage95Pct)} of what came lay in the 95 % band, over ${count(forecast.score.forecasts)} forecasts`
          : ' · no truth has arrived to score it yet'}
      </p>
    </>
  );
}

const NONE = [] as const;
const figure = (value: number): string => (Math.abs(value) < 10 ? String(Number(value.toPrecision(2))) : count(value));

function linesOf({ startsAt, stepMs, mean, bands }: Forecast) {
  const band = bands.toSorted((a, b) => b.levelPct - a.levelPct)[0];
  return {
    x: mean.map((_, at) => startsAt + at * stepMs),
    levelPct: band?.levelPct,
    series: [
      { label: 'expected', color: '--blue', values: mean },
      ...(band
        ? [
            { label: 'at most', color: '--faint', dash: [3, 4], values: band.upper },
            { label: 'at least', color: '--faint', dash: [3, 4], values: band.lower },
          ]
        : []),
    ],
  };
}
