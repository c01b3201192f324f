/** One seeded run: the fault's class (`healthy` for none), what was found of it, and when. */
export interface SeededRun {
  readonly truth: string;
  /** Classes of the findings, in the order they were opened; those before the onset too. */
  readonly found: readonly string[];
  /** From the onset to the first finding of the true class; absent where there was none. */
  readonly minutesToDetect?: number;
  /** Whether that was in time for this fault: within two windows, or as long as the fault needs to show. */
  readonly isInTime?: boolean;
}

export interface ClassRow {
  readonly class: string;
  readonly runs: number;
  readonly found: number;
  readonly foundInTime: number;
  /** Findings of this class in runs of others, healthy ones included. */
  readonly falseFindings: number;
  readonly precision: number | null;
  readonly recall: number;
  readonly medianMinutes: number | null;
  readonly slowestMinutes: number | null;
  /** What else was found in its runs: class and how often. */
  readonly others: string;
}

/** A row for each class that was seeded or found. */
export function confusionTable(runs: readonly SeededRun[]): ClassRow[] {
  const classes = [...new Set(runs.flatMap(({ truth, found }) => [truth, ...found]))].sort();
  return classes.map((name) => rowOf(name, runs));
}

function rowOf(name: string, runs: readonly SeededRun[]): ClassRow {
  const own = runs.filter(({ truth }) => truth === name);
  const hits = own.filter(({ found }) => (name === 'healthy' ? found.length === 0 : found.includes(name)));
  const falseFindings = runs
    .filter(({ truth }) => truth !== name)
    .reduce((sum, { found }) => sum + found.filter((each) => each === name).length, 0);
  const minutes = hits.flatMap(({ minutesToDetect }) => minutesToDetect ?? []).sort((a, b) => a - b);
  const others = own.flatMap(({ found }) => found.filter((each) => each !== name));
  return {
    class: name,
    runs: own.length,
    found: hits.length,
    foundInTime: name === 'healthy' ? hits.length : own.filter(({ isInTime }) => isInTime === true).length,
    falseFindings,
    precision: hits.length + falseFindings === 0 ? null : round(hits.length / (hits.length + falseFindings)),
    recall: own.length === 0 ? 0 : round(hits.length / own.length),
    medianMinutes: minutes[Math.floor(minutes.length / 2)] ?? null,
    slowestMinutes: minutes.at(-1) ?? null,
    others: [...new Set(others)].map((each) => `${each} ${others.filter((other) => other === each).length}`).join(', '),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
