export interface BenchmarkOptions {
  /** Another data directory of the same layout. */
  readonly data?: string;
}

/** Numbers, texts, and lists of rows with the same keys. */
export type Figures = Readonly<Record<string, unknown>>;

/** What a benchmark found. */
export interface BenchmarkReport {
  /** Printed by `--json`; some keys are read by others, see docs/benchmarks.md. */
  readonly figures: Figures;
  /** The same for people: figures side by side with their floor or limit. */
  readonly text: string;
  /** False where a figure is outside its limit: the command then exits with 1. */
  readonly isWithinLimits: boolean;
}

/** What each `scripts/benchmarks/<name>.ts` exports. Throws a `RangeError` for data that it cannot use. */
export interface Benchmark {
  run(options: BenchmarkOptions): Promise<BenchmarkReport>;
}
