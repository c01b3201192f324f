import { useMemo } from 'preact/hooks';
import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import type { WhatCame } from '../../src/domain/what-came.ts';
import { count, percent, rough } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { type ChartSeries, LineChart } from './line-chart.tsx';
import { cameBefore } from './with-what-came.ts';

type Forecast = ForecastPage['forecasts'][number]['forecasts'][number];

interface ForecastChartProps {
  readonly forecast: Forecast;
  /** What came so far, where the page knows it. */
  readonly came?: WhatCame | undefined;
}

/** What came, where that is known, then what is forecast with its widest band, and how forecasts before it did. */
export function ForecastChart({ forecast, came }: ForecastChartProps) {
  const before = cameBefore(forecast, came);
  // Told anew with each answer, and another every five minutes: the chart that somebody looks at stays until then.
  const { x, series, bands, label } = useMemo(() => linesOf(forecast, before), [forecast, JSON.stringify(before)]);
  return (
    <>
      <LineChart
        label={`${forecast.metric}, ${forecast.unit}: ${label}`}
        x={x}
        series={series}
        show={rough}
        bands={bands}
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

function linesOf(forecast: Forecast, before: ReturnType<typeof cameBefore>) {
  const { startsAt, stepMs, mean, bands } = forecast;
  const band = bands.toSorted((a, b) => b.levelPct - a.levelPct)[0];
  const ahead = (values: readonly number[]): (number | null)[] => [...before.values.map(() => null), ...values];
  const came: ChartSeries[] =
    before.values.length === 0
      ? []
      : [{ label: 'came', color: '--text', values: [...before.values, ...mean.map(() => null)] }];
  const series: ChartSeries[] = [
    ...came,
    { label: 'expected', color: '--blue', dash: [8, 4], values: ahead(mean) },
    ...(band
      ? [
          { label: 'at most', color: '--faint', dash: [3, 4], values: ahead(band.upper) },
          { label: 'at least', color: '--faint', dash: [3, 4], values: ahead(band.lower) },
        ]
      : []),
  ];
  return {
    x: [...before.x, ...mean.map((_, at) => startsAt + at * stepMs)],
    series,
    bands: band ? [[series.length - 2, series.length - 1] as const] : NONE,
    label: `${came.length > 0 ? 'what came, then its ' : ''}forecast${band ? ` with its ${band.levelPct} % band` : ''}`,
  };
}

const NONE = [] as const;
