/** Ways with a say, at most. */
const KEPT = 4;
/** An error beyond this many times the best one adds nothing. */
const WORST = 1.6;
/** How much more a better one counts. */
const POWER = 4;

/**
 * Weights of ways at a step, summing to 1: in proportion to the inverse of their error there and at the steps beside it, to the fourth.
 * Source: inverse error weights, Bates & Granger, Operational Research Quarterly 20 (1969); discounted errors as in Raftery, Kárný & Ettler, Technometrics 52 (2010).
 *
 * @param errors [way][step]
 */
export function weightsAt(errors: readonly (readonly number[])[], step: number): number[] {
  const around = errors.map((ofWay) => {
    const near = ofWay.slice(Math.max(0, step - 1), step + 2);
    return near.reduce((total, error) => total + error, 0) / near.length;
  });
  const best = Math.min(...around);
  const bar = [...around].sort((a, b) => a - b)[KEPT - 1] ?? Number.POSITIVE_INFINITY;
  const shares = around.map((error) => {
    if (error > bar || error > WORST * best) return 0;
    return best === 0 ? 1 : (best / error) ** POWER;
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** The way with the smallest error at a step; the first of equals. */
export function bestAt(errors: readonly (readonly number[])[], step: number): number {
  return errors.reduce((best, ofWay, way) => (ofWay[step]! < errors[best]![step]! ? way : best), 0);
}
