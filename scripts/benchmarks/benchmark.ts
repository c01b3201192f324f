export interface BenchmarkOptions {
  /** Another data directory of the same layout. */
  readonly data?: string;
}

/** What a benchmark found: numbers, texts, and lists of rows with the same keys. Some keys are read by others, see docs/benchmarks.md. */
export type Figures = Readonly<Record<string, unknown>>;

/** What each `scripts/benchmarks/<name>.ts` exports. Throws a `RangeError` for data that it cannot use. */
export interface Benchmark {
  run(options: BenchmarkOptions): Promise<Figures>;
}

/** Where a figure has to stay. */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
}
