/** A candidate's mean absolute error on the rolling origins. */
export interface RankedError {
  readonly error: number;
}

/** Members at most. */
const KEPT = 4;
/** An error beyond this many times the best one adds nothing. */
const WORST = 2;
/** How much more a better one counts. */
const POWER = 4;

/**
 * Weights for those that are worth one, the best first, summing to 1: in proportion to the error's inverse to the fourth. Whatever is worse than
 * `bar` (the seasonal naive forecaster's error) has none.
 * Source: inverse error weights, Bates & Granger, Operational Research Quarterly 20 (1969).
 */
export function weighByError<T extends RankedError>(
  candidates: readonly T[],
  bar: number,
): { readonly candidate: T; readonly weight: number }[] {
  const ranked = candidates.filter(({ error }) => error <= bar).sort((a, b) => a.error - b.error);
  const best = ranked[0]?.error ?? 0;
  const kept = ranked.filter(({ error }) => error <= WORST * best).slice(0, KEPT);
  const shares = kept.map(({ error }) => (best === 0 ? 1 : (best / error) ** POWER));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return kept.map((candidate, index) => ({ candidate, weight: shares[index]! / total }));
}
