import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { figuresInALine, markdownTable } from './markdown-table.ts';
import { type FaultRow, faultRow, type TwinRun } from './twin/fault-row.ts';
import { runTwin } from './twin/run-twin.ts';
import { TWIN_FAULTS, type TwinFault } from './twin/twin-scenario.ts';

/** Eleven faults with sixteen seeds each, and 32 healthy runs of 140 minutes: 208 runs of four functions. */
const SEEDS = 16;
const HEALTHY_SEEDS = 32;
const LEAST = 0.95;
/** What is injected grows from nothing, so many megabytes, milliseconds or connections a minute: in its first windows there is nothing wrong yet. */
const CREEPING: readonly TwinFault[] = ['memory-leak', 'timeout-creep', 'connection-pressure'];

/** The twin's faults through the diagnosis, with evidence as in a deployment: which finding comes of each, with which culprit, when. */
export async function run(_options: BenchmarkOptions): Promise<BenchmarkReport> {
  const rows: FaultRow[] = [];
  for (const kind of TWIN_FAULTS) {
    const runs: TwinRun[] = [];
    for (let seed = 1; seed <= (kind === 'healthy' ? HEALTHY_SEEDS : SEEDS); seed++)
      runs.push({ seed, opened: await runTwin(kind, seed) });
    rows.push(faultRow(kind, runs));
  }
  const faults = rows.filter(({ fault }) => fault !== 'healthy');
  const sum = (of: (row: FaultRow) => number, from: readonly FaultRow[] = faults) =>
    from.reduce((total, row) => total + of(row), 0);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const shareWithinTwo = (from: readonly FaultRow[]) =>
    round(sum((row) => row.withinTwo, from) / sum((row) => row.runs, from));
  const falseFindings = sum((row) => row.falseFindings, rows);
  const figures = {
    runs: sum((row) => row.runs, rows),
    precision: round(sum((row) => row.found) / (sum((row) => row.found) + falseFindings)),
    recall: round(sum((row) => row.found) / sum((row) => row.runs)),
    culpritNamed: round(sum((row) => row.culprit) / sum((row) => row.runs)),
    suddenWithinTwoWindows: shareWithinTwo(faults.filter(({ fault }) => !CREEPING.includes(fault))),
    creepingWithinTwoWindows: shareWithinTwo(faults.filter(({ fault }) => CREEPING.includes(fault))),
    healthyFindings: falseFindings - sum((row) => row.falseFindings),
    rows,
  };
  const isWithinLimits =
    figures.precision >= LEAST &&
    figures.recall >= LEAST &&
    figures.culpritNamed >= LEAST &&
    figures.healthyFindings === 0;
  return { figures, text: render(figures), isWithinLimits };
}

/** A table in Markdown: docs/benchmarks.md shows it as it is. */
function render({ rows, ...totals }: { rows: readonly FaultRow[] } & Record<string, unknown>): string {
  const columns = [
    'fault',
    'runs',
    'found',
    'culprit named',
    'within two windows',
    'false findings',
    'precision',
    'recall',
    'median window',
    'slowest window',
    'named as',
  ];
  const cells = rows.map((row) => Object.values(row));
  return `${figuresInALine(totals)}\n\n${markdownTable(columns, cells)}`;
}
