/** Halvings of the angle: beyond the precision of a number. */
const HALVINGS = 60;

/**
 * How many root mean squares of `count` errors around 0 a further one stays within, with a probability of `level`: Student's t, two-sided, normal errors.
 * Its distribution by the finite sums for whole degrees of freedom (Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
 */
export function studentRadius(count: number, level: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const angle = (low + high) / 2;
    if (within(angle, count) < level) low = angle;
    else high = angle;
  }
  return Math.sqrt(count) * Math.tan(low);
}

/** Probability that t lies between -x and x, x = √count · tan(angle). */
function within(angle: number, count: number): number {
  const [sine, square] = [Math.sin(angle), Math.cos(angle) ** 2];
  const isOdd = count % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = count === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= count - 2; power += 2) {
    term *= (square * (power - 1)) / power;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
