/**
 * At least this surprising, in -ln of a probability: `failures` or more of `trials`, each failing with `probability`. 0 when the share is no
 * higher than expected. Chernoff's bound, trials x KL(share || probability) (Hoeffding 1963, theorem 1): never more alarmed than the exact
 * binomial tail, so that three of three stay three. O(1).
 */
export function binomialSurprise(failures: number, trials: number, probability: number): number {
  const share = failures / trials;
  if (!(share > probability)) return 0;
  const ofFailures = failures * Math.log(share / probability);
  const ofSuccesses = share < 1 ? (trials - failures) * Math.log((1 - share) / (1 - probability)) : 0;
  return ofFailures + ofSuccesses;
}

/** The same for a count as far from its mean as this, on its side: mean - count + count x ln(count / mean) (Chernoff for Poisson). O(1). */
export function poissonSurprise(count: number, mean: number): number {
  return count === 0 ? mean : mean - count + count * Math.log(count / mean);
}
