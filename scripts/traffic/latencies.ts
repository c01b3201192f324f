import { build, type Histogram } from 'hdr-histogram-js';

/** Latencies in milliseconds: quantiles to three significant digits, from a microsecond to ten minutes. */
export interface LatencyFigures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}

const MICROSECONDS = 1_000;
const LONGEST_US = 600_000_000;

/** Counts latencies by their name, each from the moment that its request was meant to be sent. */
export class Latencies {
  readonly #byName = new Map<string, Histogram>();
  readonly #total = newHistogram();

  record(name: string, latencyMs: number): void {
    const histogram = this.#byName.get(name) ?? newHistogram();
    this.#byName.set(name, histogram);
    const microseconds = Math.min(LONGEST_US, Math.max(1, Math.round(latencyMs * MICROSECONDS)));
    histogram.recordValue(microseconds);
    this.#total.recordValue(microseconds);
  }

  figures(): Readonly<Record<string, LatencyFigures>> {
    return Object.fromEntries([...this.#byName].sort().map(([name, histogram]) => [name, figuresOf(histogram)]));
  }

  /** All names together. */
  total(): LatencyFigures {
    return figuresOf(this.#total);
  }
}

const newHistogram = (): Histogram =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: LONGEST_US, numberOfSignificantValueDigits: 3 });

function figuresOf(histogram: Histogram): LatencyFigures {
  const quantile = (pct: number): number => Math.round(histogram.getValueAtPercentile(pct) / 10) / 100;
  return {
    count: histogram.totalCount,
    p50Ms: quantile(50),
    p90Ms: quantile(90),
    p95Ms: quantile(95),
    p99Ms: quantile(99),
    p999Ms: quantile(99.9),
    maxMs: Math.round(histogram.maxValue / 10) / 100,
  };
}
