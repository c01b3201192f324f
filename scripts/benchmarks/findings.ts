import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { type ClassRow, confusionTable } from './findings/confusion-table.ts';
import { seededRuns } from './findings/seeded-runs.ts';
import { figuresInALine, markdownTable } from './markdown-table.ts';

/** 29 faults, ten seeds each, and 29 healthy runs of eight hours: 319 runs. */
const SEEDS = 10;
const LEAST_PRECISION = 0.95;
const LEAST_RECALL = 0.95;

/** Seeded faults of a simulated function: which finding comes of each, when, and what comes of nothing. */
export async function run(_options: BenchmarkOptions): Promise<BenchmarkReport> {
  const runs = seededRuns(SEEDS);
  const rows = confusionTable(runs);
  const faults = rows.filter((row) => row.class !== 'healthy');
  const found = sum(faults, (row) => row.found);
  const seeded = sum(faults, (row) => row.runs);
  const falseFindings = sum(faults, (row) => row.falseFindings);
  const figures = {
    runs: runs.length,
    precision: round(found / (found + falseFindings)),
    recall: round(found / seeded),
    recallInTime: round(sum(faults, (row) => row.foundInTime) / seeded),
    healthyRuns: runs.filter(({ truth }) => truth === 'healthy').length,
    healthyFindings: sum(
      runs.filter(({ truth }) => truth === 'healthy'),
      (each) => each.found.length,
    ),
    leastPrecision: LEAST_PRECISION,
    leastRecall: LEAST_RECALL,
    rows,
  };
  const isWithinLimits =
    figures.precision >= LEAST_PRECISION && figures.recall >= LEAST_RECALL && figures.healthyFindings === 0;
  return { figures, text: render(figures), isWithinLimits };
}

/** A table in Markdown: docs/benchmarks.md shows it as it is. */
function render({ rows, ...totals }: { rows: readonly ClassRow[] } & Record<string, unknown>): string {
  const columns = [
    'seeded class',
    'runs',
    'found',
    'in time',
    'false findings',
    'precision',
    'recall',
    'median window',
    'slowest window',
    'also found',
  ];
  const cells = rows.map((row) => [
    row.class,
    row.runs,
    row.found,
    row.foundInTime,
    row.falseFindings,
    row.precision ?? undefined,
    row.recall,
    row.medianMinutes ?? undefined,
    row.slowestMinutes ?? undefined,
    row.others,
  ]);
  return `${figuresInALine(totals)}\n\n${markdownTable(columns, cells)}`;
}

const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((total, value) => total + of(value), 0);
const round = (value: number): number => Math.round(value * 1000) / 1000;
