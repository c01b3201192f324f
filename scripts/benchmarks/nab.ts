import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ANOMALY_THRESHOLD } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { findEvaluationData, importScorer, skippedReport } from './evaluation-data.ts';
import { renderFigures } from './render-figures.ts';
import { scoreSeries } from './score-series.ts';

type Cost = object;
interface ScoredFile {
  readonly path: string;
  readonly scores: Float64Array;
  readonly geo: { readonly nWindows: number };
}
interface NabScorer {
  parseTs(text: string): number;
  readCsvColumns(path: string, columns: readonly (readonly string[])[]): readonly (readonly string[])[];
  loadWindows(directory: string): ReadonlyMap<string, readonly (readonly [number, number])[]>;
  loadProfiles(directory: string): Readonly<Record<string, Cost>>;
  fileGeometry(times: readonly number[], windows: readonly (readonly [number, number])[]): ScoredFile['geo'];
  scoreAt(files: readonly ScoredFile[], cost: Cost, threshold: number): { score: number };
  bestThreshold(files: readonly ScoredFile[], cost: Cost): { score: number; threshold: number };
  normalise(raw: number, windows: number, cost: Cost): number;
}

const LEAST_STANDARD = 65;

/** The Numenta Anomaly Benchmark: the three profiles with the best threshold (as its scoreboard is made), and with the frozen one. */
export async function run(options: BenchmarkOptions): Promise<BenchmarkReport> {
  const place = findEvaluationData('nab', 'nab-score.mjs', options.data);
  if (place === undefined || !existsSync(join(place.data, 'labels'))) return skippedReport('nab');
  const scorer = (await importScorer(place.scorer)) as NabScorer;
  const files = scoreFiles(scorer, place.data);
  const windows = files.reduce((sum, { geo }) => sum + geo.nWindows, 0);
  const profiles = scorer.loadProfiles(place.data);
  const best = (name: string): number => {
    const cost = profiles[name] ?? {};
    return round(scorer.normalise(scorer.bestThreshold(files, cost).score, windows, cost));
  };
  const standard = profiles.standard ?? {};
  const figures = {
    files: files.length,
    windows,
    standard: best('standard'),
    lowFp: best('reward_low_FP_rate'),
    lowFn: best('reward_low_FN_rate'),
    standardAtFrozenThreshold: round(
      scorer.normalise(scorer.scoreAt(files, standard, ANOMALY_THRESHOLD).score, windows, standard),
    ),
    limit: LEAST_STANDARD,
  };
  return { figures, text: renderFigures(figures), isWithinLimits: figures.standard >= LEAST_STANDARD };
}

function scoreFiles(scorer: NabScorer, directory: string): readonly ScoredFile[] {
  return [...scorer.loadWindows(directory)].flatMap(([path, windows]) => {
    const file = join(directory, 'data', path);
    if (!existsSync(file)) return [];
    const rows = scorer.readCsvColumns(file, [['timestamp'], ['value']]);
    const times = rows.map(([time = '']) => scorer.parseTs(time));
    const values = rows.map(([, value]) => Number(value));
    return [{ path, scores: scoreSeries(times, values), geo: scorer.fileGeometry(times, windows) }];
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
