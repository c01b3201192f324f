import { join } from 'node:path';
import { ANOMALY_THRESHOLD } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { findEvaluationData, importScorer, listCsv, skippedReport } from './evaluation-data.ts';
import { renderFigures } from './render-figures.ts';
import { scoreSeries } from './score-series.ts';

interface LabelledSeries {
  readonly t: readonly number[];
  readonly v: readonly number[];
}
interface Evaluation {
  readonly segments: number;
  readonly seriesDays: number;
  readonly F1e: {
    readonly f1: number;
    readonly perDay: number;
    readonly threshold: number;
    medianDelayMin: number | null;
  };
}
interface EventScorer {
  readLabelled(path: string): LabelledSeries;
  evaluate(files: readonly (LabelledSeries & { s: Float64Array })[], options: { threshold?: number }): Evaluation;
}

const LEAST_F1 = 0.66;
const MOST_FALSE_ALARMS = 0.2;

/** Labelled incidents of web services (WSD, or a folder of the same layout), found at one frozen threshold for all series. */
export async function run(options: BenchmarkOptions): Promise<BenchmarkReport> {
  const place = findEvaluationData('wsd', 'event-score.mjs', options.data);
  if (place === undefined || listCsv(place.data).length === 0) return skippedReport('events');
  const scorer = (await importScorer(place.scorer)) as EventScorer;
  const files = listCsv(place.data).map((name) => {
    const series = scorer.readLabelled(join(place.data, name));
    return {
      ...series,
      s: scoreSeries(
        series.t.map((seconds) => seconds * 1000),
        series.v,
      ),
    };
  });
  const frozen = scorer.evaluate(files, { threshold: ANOMALY_THRESHOLD });
  const best = scorer.evaluate(files, {});
  const figures = {
    series: files.length,
    segments: frozen.segments,
    seriesDays: Math.round(frozen.seriesDays),
    f1e: round(frozen.F1e.f1),
    falsePerSeriesDay: round(frozen.F1e.perDay),
    medianDelayMinutes: frozen.F1e.medianDelayMin,
    f1eAtBestThreshold: round(best.F1e.f1),
    leastF1e: LEAST_F1,
    mostFalsePerSeriesDay: MOST_FALSE_ALARMS,
  };
  const isWithinLimits = figures.f1e >= LEAST_F1 && figures.falsePerSeriesDay <= MOST_FALSE_ALARMS;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
