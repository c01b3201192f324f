import { seededRandom } from './seeded-random.ts';

/** Mean above which a count is drawn from its normal approximation; its error in distribution is then below 1 %. */
const NORMAL_FROM = 30;

/** Draws from the distributions that the twin needs. */
export interface Sampler {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1 (Box and Muller 1958). */
  normal(): number;
  /** How many events of a Poisson process with this mean. */
  poisson(mean: number): number;
  /** How many of `count` trials succeed, each with `probability`. */
  binomial(count: number, probability: number): number;
  /** A whole number whose expectation is `value`. */
  round(value: number): number;
}

/** A sampler whose draws a seed and a name determine. */
export function createSampler(seed: number, name: string): Sampler {
  const uniform = seededRandom(seed, name);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const poisson = (mean: number): number => {
    if (!(mean > 0)) return 0;
    if (mean >= NORMAL_FROM) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count++;
    return count;
  };
  const binomial = (count: number, probability: number): number => {
    if (count <= 0 || !(probability > 0)) return 0;
    if (probability >= 1) return count;
    if (probability > 0.5) return count - binomial(count, 1 - probability);
    const mean = count * probability;
    if (mean < NORMAL_FROM) return invertBinomial(count, probability, uniform());
    const spread = Math.sqrt(mean * (1 - probability));
    return Math.min(count, Math.max(0, Math.round(mean + spread * normal())));
  };
  const round = (value: number): number => {
    const whole = Math.floor(value);
    return value > whole && uniform() < value - whole ? whole + 1 : whole;
  };
  return { uniform, normal, poisson, binomial, round };
}

/** Kachitvichyanukul and Schmeiser's BINV: walks the distribution from zero. */
function invertBinomial(count: number, probability: number, uniform: number): number {
  const odds = probability / (1 - probability);
  let mass = Math.exp(count * Math.log1p(-probability));
  let rest = uniform;
  let successes = 0;
  while (rest > mass && successes < count) {
    rest -= mass;
    successes++;
    mass *= ((count - successes + 1) / successes) * odds;
    if (mass < 1e-300) break;
  }
  return successes;
}
