const CONFIDENCE = 0.99;
const P95 = 0.95;
const STEPS = 40;

/**
 * The share of single calls below which the 95th percentile of so many calls stays in 99 of 100 minutes in which nothing has changed. The percentile is the k-th
 * smallest of n, and is below a value where k or more of them are: a binomial (David and Nagaraja, Order Statistics, 2003, section 2.1). Of twenty calls it is the
 * second slowest, and reaches what one call in 130 does.
 */
export function reachedByLuck(calls: number): number {
  const kth = Math.floor(P95 * (calls - 1)) + 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const share = (low + high) / 2;
    if (probabilityOfAtLeast(kth, calls, share) < CONFIDENCE) low = share;
    else high = share;
  }
  return high;
}

function probabilityOfAtLeast(least: number, calls: number, share: number): number {
  let sum = 0;
  // From all calls down, as logarithms: C(n, n) = 1, C(n, j - 1) = C(n, j) j / (n - j + 1).
  let ways = 0;
  for (let count = calls; count >= least; count--) {
    sum += Math.exp(ways + count * Math.log(share) + (calls - count) * Math.log1p(-share));
    ways += Math.log(count / (calls - count + 1));
  }
  return sum;
}
