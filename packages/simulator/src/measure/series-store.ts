/** A figure a tick, by name: `reservations.concurrency`, `events.iteratorAgeMs`, `costUsd`. */
export class SeriesStore {
  readonly #series = new Map<string, number[]>();

  /** The values of a series, to be added to. */
  column(name: string): number[] {
    let series = this.#series.get(name);
    if (!series) {
      series = [];
      this.#series.set(name, series);
    }
    return series;
  }

  get(name: string): readonly number[] {
    return this.#series.get(name) ?? [];
  }

  names(): readonly string[] {
    return [...this.#series.keys()];
  }
}

/** A series in `buckets` parts of equal length, each as its largest value or its sum. */
export function bucketed(series: readonly number[], buckets: number, as: 'max' | 'sum'): readonly number[] {
  const size = series.length / buckets;
  return Array.from({ length: Math.min(buckets, series.length) }, (_, bucket) => {
    const part = series.slice(
      Math.floor(bucket * Math.max(1, size)),
      Math.max(Math.floor((bucket + 1) * Math.max(1, size)), 1),
    );
    return part.reduce((held, value) => (as === 'max' ? Math.max(held, value) : held + value), 0);
  });
}
