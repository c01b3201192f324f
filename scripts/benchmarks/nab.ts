import { ANOMALY_THRESHOLD } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { dataDirectory } from './data-directory.ts';
import { readNab } from './nab/read-nab.ts';
import { bestScore, PROFILES, scoreAt } from './nab/score-nab.ts';
import { weighRows } from './nab/weigh-rows.ts';
import { renderFigures } from './render-figures.ts';
import { scoreSeries } from './score-series.ts';

const LEAST_STANDARD = 65;

/** The Numenta Anomaly Benchmark: the three profiles with the best threshold (as its scoreboard is made), and with the frozen one. */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const files = readNab(dataDirectory('nab', data)).map(({ times, values, windows }) => ({
    scores: scoreSeries(times, values),
    ...weighRows(times.length, windows),
  }));
  const figures = {
    files: files.length,
    windows: files.reduce((sum, file) => sum + file.windows, 0),
    standard: round(bestScore(files, PROFILES.standard)),
    lowFp: round(bestScore(files, PROFILES.lowFp)),
    lowFn: round(bestScore(files, PROFILES.lowFn)),
    standardAtFrozenThreshold: round(scoreAt(files, PROFILES.standard, ANOMALY_THRESHOLD)),
    limit: LEAST_STANDARD,
  };
  return { figures, text: renderFigures(figures), isWithinLimits: figures.standard >= LEAST_STANDARD };
}

const round = (value: number): number => Math.round(value * 10) / 10;
