import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../workspace-services.ts';
import type { BenchmarkReport } from './benchmark.ts';

/** Public data sets and their scorers, beside the repository unless named; they are never part of the project. */
export interface EvaluationData {
  readonly data: string;
  readonly scorer: string;
}

/**
 * Where `name`'s data and its scorer are: `--data DIR` (the set itself, or a folder that has it), else `shared/data` beside the repository.
 * The scorer is `scorers/FILE` beside the folder of data sets. Undefined when either is absent.
 */
export function findEvaluationData(name: string, scorer: string, data?: string): EvaluationData | undefined {
  const shared = join(dirname(REPOSITORY), 'shared');
  const root = data === undefined ? join(shared, 'data') : data;
  const folder = existsSync(join(root, name)) ? join(root, name) : root;
  const scorers = [join(dirname(dirname(folder)), 'scorers', scorer), join(shared, 'scorers', scorer)];
  const found = scorers.find((path) => existsSync(path));
  return found !== undefined && existsSync(folder) && (data !== undefined || folder !== root)
    ? { data: folder, scorer: found }
    : undefined;
}

export const importScorer = async (path: string): Promise<unknown> => import(pathToFileURL(path).href);

/** What a benchmark says whose data is not there: no figure, and no failure. */
export function skippedReport(name: string): BenchmarkReport {
  const text = `skipped: the data or the scorer of ${name} is not here; name the data with --data DIR`;
  return { figures: { skipped: text }, text, isWithinLimits: true };
}

/** CSV files below a folder, by their paths from it, in order. */
export function listCsv(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((path) => path.endsWith('.csv')).sort();
}
