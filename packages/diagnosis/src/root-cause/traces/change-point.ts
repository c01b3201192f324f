export interface Sample {
  readonly at: number;
  readonly value: number;
}

const LEAST_SIDE = 3;

/**
 * Since when samples (by time) are higher: the time of the sample at which the split into an earlier and a later part explains most of
 * their scatter (largest sum of squares between the parts). Values count by their logarithms, so that one outlier does not decide.
 * Undefined with fewer than three samples on a side, or where no split has the higher part later. O(n).
 */
export function findRise(samples: readonly Sample[]): number | undefined {
  const logs = samples.map(({ value }) => Math.log1p(Math.max(0, value)));
  const total = logs.reduce((sum, value) => sum + value, 0);
  let best: { at: number; gain: number } | undefined;
  let earlier = 0;
  for (const [index, { at }] of samples.entries()) {
    const later = samples.length - index;
    if (index >= LEAST_SIDE && later >= LEAST_SIDE) {
      const rise = (total - earlier) / later - earlier / index;
      const gain = (rise * rise * index * later) / samples.length;
      if (rise > 0 && gain > (best?.gain ?? 0)) best = { at, gain };
    }
    earlier += logs[index] ?? 0;
  }
  return best?.at;
}
