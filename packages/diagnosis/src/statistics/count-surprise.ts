/**
 * -ln of a bound of the probability that `events` or more of `trials` happen, each with `probability`: trials x KL(share || probability)
 * (Hoeffding 1963, theorem 1). 0 when there are no more than expected. Never more alarmed than the exact binomial tail: three of three stay three.
 */
export function binomialSurprise(events: number, trials: number, probability: number): number {
  if (!(trials > 0)) return 0;
  const share = Math.min(1, events / trials);
  if (!(share > probability)) return 0;
  const ofEvents = events * Math.log(share / probability);
  const ofOthers = share < 1 ? (trials - events) * Math.log((1 - share) / (1 - probability)) : 0;
  return ofEvents + ofOthers;
}

/**
 * The same for a count whose variance is `dispersion` times its mean (1: Poisson), on the side where it lies: Chernoff's bound of the Poisson
 * tail, mean - count + count x ln(count / mean), divided by the dispersion as in quasi-likelihood (Wedderburn 1974).
 */
export function countSurprise(count: number, mean: number, dispersion: number): number {
  const least = Math.max(mean, 1e-9);
  const poisson = count === 0 ? least : least - count + count * Math.log(count / least);
  return poisson / Math.max(1, dispersion);
}

/**
 * How sure it is that the share of `after` is above that of `before`, as a surprise: the likelihood ratio of two proportions against one,
 * G/2 (Wilks 1938; Dunning 1993 for small counts). 0 when it is not above.
 */
export function twoProportionSurprise(
  before: { readonly events: number; readonly trials: number },
  after: { readonly events: number; readonly trials: number },
): number {
  if (before.trials <= 0 || after.trials <= 0) return 0;
  if (after.events / after.trials <= before.events / before.trials) return 0;
  const pooled = (before.events + after.events) / (before.trials + after.trials);
  return (
    logLikelihood(before.events, before.trials, before.events / before.trials) +
    logLikelihood(after.events, after.trials, after.events / after.trials) -
    logLikelihood(before.events, before.trials, pooled) -
    logLikelihood(after.events, after.trials, pooled)
  );
}

function logLikelihood(events: number, trials: number, probability: number): number {
  const ofEvents = events > 0 ? events * Math.log(probability) : 0;
  return ofEvents + (trials > events ? (trials - events) * Math.log(1 - probability) : 0);
}
