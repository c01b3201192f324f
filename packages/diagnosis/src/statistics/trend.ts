/** A series' monotone trend. */
export interface Trend {
  /** Kendall's tau, -1 to 1. */
  readonly tau: number;
  /** How unlikely the order is by chance, -ln of the one-sided probability of the normal approximation; 0 for a trend that is not upward. */
  readonly surprise: number;
  /** Theil-Sen: the median of the slopes between all pairs, per step. */
  readonly slopePerStep: number;
}

/** Mann-Kendall test with Theil-Sen's slope (Mann 1945, Sen 1968), for a handful of points: O(n^2). */
export function trendOf(values: readonly number[]): Trend {
  const n = values.length;
  if (n < 4) return { tau: 0, surprise: 0, slopePerStep: 0 };
  let s = 0;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const rise = (values[j] ?? 0) - (values[i] ?? 0);
      s += Math.sign(rise);
      slopes.push(rise / (j - i));
    }
  }
  slopes.sort((a, b) => a - b);
  const z = (s - 1) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return {
    tau: s / ((n * (n - 1)) / 2),
    surprise: z > 0 ? z ** 2 / 2 + Math.log(1 + z * Math.sqrt(2 * Math.PI)) : 0,
    slopePerStep: slopes[Math.floor(slopes.length / 2)] ?? 0,
  };
}
