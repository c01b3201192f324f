/** The surprise, -ln of a probability, at which the score is one half: one ordinary point in 340 by the ensemble's own tails. */
export const HALF_SURPRISE = 5.83;

/**
 * A score in [0, 1] of a surprise: 1 - 2^(-surprise / HALF_SURPRISE). Each step towards 1 halves what is left.
 */
export function scoreOf(surprise: number): number {
  return surprise > 0 ? Math.min(1, 1 - 2 ** (-surprise / HALF_SURPRISE)) : 0;
}

/** Frozen: `score >= ANOMALY_THRESHOLD` is an anomaly, for every detector and every series. */
export const ANOMALY_THRESHOLD = 0.5;
