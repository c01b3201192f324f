import { ANOMALY_THRESHOLD } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { dataDirectory } from './data-directory.ts';
import { readLabelledSeries } from './events/read-incidents.ts';
import { bestF1, scoreEvents, sizeOf } from './events/score-events.ts';
import { renderFigures } from './render-figures.ts';
import { scoreSeries } from './score-series.ts';

const LEAST_F1 = 0.66;
const MOST_FALSE_ALARMS = 0.2;

/** Labelled incidents of web services (WSD, or a folder of the same layout), found at one frozen threshold for all series. */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const series = readLabelledSeries(dataDirectory('wsd', data)).map((each) => ({
    ...each,
    scores: scoreSeries(each.times, each.values),
  }));
  const { incidents, days } = sizeOf(series);
  const frozen = scoreEvents(series, ANOMALY_THRESHOLD);
  const figures = {
    series: series.length,
    segments: incidents,
    seriesDays: Math.round(days),
    f1e: round(frozen.f1),
    falsePerSeriesDay: round(frozen.falsePerDay),
    medianDelayMinutes: frozen.medianDelayMinutes,
    f1eAtBestThreshold: round(bestF1(series)),
    leastF1e: LEAST_F1,
    mostFalsePerSeriesDay: MOST_FALSE_ALARMS,
  };
  const isWithinLimits = figures.f1e >= LEAST_F1 && figures.falsePerSeriesDay <= MOST_FALSE_ALARMS;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
