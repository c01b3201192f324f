/** How one kind of evidence is distributed far out, learnt from the series itself. */
export interface TailModel {
  /** The high quantile that exceedances are counted from, in ln(1 + z); -1 before the first. */
  quantile: number;
  /** Exceedances seen, prior included, forgotten over time. */
  count: number;
  /** Sum of the exceedances, likewise. */
  sum: number;
  seen: number;
}

export interface TailPrior {
  /** Share of points below the quantile. */
  readonly quantile: number;
  /** How many exceedances the prior is worth: many make series comparable, few make each its own measure. */
  readonly strength: number;
  /** Mean exceedance expected, in ln(1 + z): the tail index of a Pareto distribution. */
  readonly meanExcess: number;
}

/** Points after which a series' own tail is forgotten by 1 - 1/e. */
const MEMORY = 3_000;
const MOST_EXCESS = 8;
const LARGEST_EVIDENCE = 1e12;

export function newTailModel({ strength, meanExcess }: TailPrior): TailModel {
  return { quantile: -1, count: strength, sum: strength * meanExcess, seen: 0 };
}

/**
 * -ln of the probability that ordinary points of this series give evidence z or more; 0 below the quantile. Learns z. O(1).
 *
 * Peaks over a threshold with a Pareto tail: ln(1 + z) beyond a quantile is exponential, its mean has a gamma prior, so the predictive is
 * Lomax, (1 + excess / sum)^-(count + 1). Pickands 1975; Hill 1975 for the logarithm; Siffer et al. 2017 ("SPOT") for its use on streams.
 * The quantile moves by stochastic approximation (Robbins and Monro 1951).
 */
export function surpriseOf(tail: TailModel, z: number, prior: TailPrior): number {
  const level = Math.log(1 + Math.min(z, LARGEST_EVIDENCE));
  tail.seen += 1;
  if (tail.quantile < 0) tail.quantile = level + prior.meanExcess;
  const excess = level - tail.quantile;
  let surprise = 0;
  if (excess > 0) {
    surprise = (tail.count + 1) * Math.log(1 + excess / tail.sum) - Math.log(1 - prior.quantile);
    tail.sum += Math.min(excess, (MOST_EXCESS * tail.sum) / tail.count);
    tail.count += 1;
  }
  tail.count += (prior.strength - tail.count) / MEMORY;
  tail.sum += (prior.strength * prior.meanExcess - tail.sum) / MEMORY;
  const step = 0.3 * Math.max(0.002, 1 / tail.seen) * Math.max(tail.sum / tail.count, 1e-3);
  const move = excess > 0 ? prior.quantile / (1 - prior.quantile) : -1;
  tail.quantile = Math.max(0, tail.quantile + step * move);
  return surprise;
}
