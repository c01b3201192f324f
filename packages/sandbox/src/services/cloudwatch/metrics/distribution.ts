/** Values of one stretch of time, added up so that any statistic can be read from them. */
export class Distribution {
  sampleCount = 0;
  sum = 0;
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;
  /** How often each value occurred; undefined once a statistic set made single values unknown. */
  #counts: Map<number, number> | undefined = new Map();

  add(value: number, count = 1): void {
    this.#take({ sampleCount: count, sum: value * count, minimum: value, maximum: value });
    this.#counts?.set(value, (this.#counts.get(value) ?? 0) + count);
  }

  /** Adds a set of statistics. Only a set of equal values keeps percentiles possible. */
  addStatistics(set: { sampleCount: number; sum: number; minimum: number; maximum: number }): void {
    if (set.minimum === set.maximum)
      this.#counts?.set(set.minimum, (this.#counts.get(set.minimum) ?? 0) + set.sampleCount);
    else this.#counts = undefined;
    this.#take(set);
  }

  merge(other: Distribution): void {
    this.#take(other);
    const theirs = other.#counts;
    if (!theirs) this.#counts = undefined;
    for (const [value, count] of theirs ?? []) this.#counts?.set(value, (this.#counts.get(value) ?? 0) + count);
  }

  /**
   * The value below which `percent` of the samples lie, linear between the closest ranks; undefined where single values are not known.
   * AWS publishes no formula; on few samples its own answers differ slightly.
   */
  percentile(percent: number): number | undefined {
    if (!this.#counts || this.sampleCount === 0) return undefined;
    const ordered = [...this.#counts].sort(([a], [b]) => a - b);
    const rank = (percent / 100) * (this.sampleCount - 1);
    const low = valueAt(ordered, Math.floor(rank));
    return low + (valueAt(ordered, Math.ceil(rank)) - low) * (rank - Math.floor(rank));
  }

  #take(part: { sampleCount: number; sum: number; minimum: number; maximum: number }): void {
    this.sampleCount += part.sampleCount;
    this.sum += part.sum;
    this.minimum = Math.min(this.minimum, part.minimum);
    this.maximum = Math.max(this.maximum, part.maximum);
  }
}

function valueAt(ordered: readonly (readonly [number, number])[], rank: number): number {
  let seen = 0;
  for (const [value, count] of ordered) {
    seen += count;
    if (rank < seen) return value;
  }
  return ordered.at(-1)?.[0] ?? Number.NaN;
}
