/** How a climb or fall goes on by the minute if nothing stops it: what a parabola through its last minutes says, and how sure that is. */
export interface Climb {
  /** At the newest minute (index 0) and each of the coming ones. */
  readonly means: readonly number[];
  /** Of the mean, not of the minutes around it. */
  readonly sds: readonly number[];
  /** Standard deviation of the minutes around the parabola. */
  readonly noise: number;
}

const WINDOW_MINUTES = 90;
const HALF_LIFE_MINUTES = 45;
const LEAST_MINUTES = 5;
const AHEAD_MINUTES = 60;
/** Times are counted in half hours: sums of fourth powers stay small. */
const UNIT_MINUTES = 30;
/** A bend is held near 0 until the minutes speak for it: believed at first is one as large as the slope, and half the noise more. */
const NOISE_SHARE = 0.5;
const STRAIGHT = 1e6;

/**
 * A parabola by weighted least squares, newest minutes counting most, its bend shrunk towards a straight line as in ridge regression (Hoerl & Kennard,
 * Technometrics 12, 1970): short or noisy climbs are lines, long clear ones bend.
 */
export function climbOf(minutes: readonly number[], lastedMinutes: number): Climb {
  const values = minutes.slice(-Math.max(LEAST_MINUTES, Math.min(WINDOW_MINUTES, lastedMinutes)));
  const line = parabola(values, STRAIGHT);
  const believed = Math.abs(line.beta[1]) + NOISE_SHARE * line.noise;
  const { beta, inverse, noise } = believed > 0 ? parabola(values, (line.noise / believed) ** 2) : line;
  const times = Array.from({ length: AHEAD_MINUTES + 1 }, (_, minute) => powers(minute / UNIT_MINUTES));
  return {
    means: times.map((time) => dot(time, beta)),
    sds: times.map((time) => noise * Math.sqrt(Math.max(0, dot(time, apply(inverse, time))))),
    noise,
  };
}

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Least squares with a penalty on the bend; `inverse` times the noise's square is the coefficients' covariance. */
function parabola(values: readonly number[], penalty: number): { beta: Triple; inverse: Matrix; noise: number } {
  const rows = values.map((value, at) => {
    const ago = values.length - 1 - at;
    return { value, time: powers(-ago / UNIT_MINUTES), weight: 0.5 ** (ago / HALF_LIFE_MINUTES) };
  });
  const sum = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + row.weight * of(row), 0);
  const moment = (power: number): number => sum(({ time }) => time[1] ** power);
  const [m0, m1, m2, m3, m4] = [moment(0), moment(1), moment(2), moment(3), moment(4) + penalty];
  const inverse = invert([
    [m0, m1, m2],
    [m1, m2, m3],
    [m2, m3, m4],
  ]);
  const right: Triple = [
    sum(({ value }) => value),
    sum(({ value, time }) => value * time[1]),
    sum(({ value, time }) => value * time[2]),
  ];
  const beta = apply(inverse, right);
  const square = sum(({ value, time }) => (value - dot(time, beta)) ** 2) / m0;
  const freedom = values.length / Math.max(1, values.length - 3);
  return { beta, inverse, noise: Math.sqrt(square * freedom) };
}

const powers = (time: number): Triple => [1, time, time * time];
const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const apply = (matrix: Matrix, vector: Triple): Triple => [
  dot(matrix[0], vector),
  dot(matrix[1], vector),
  dot(matrix[2], vector),
];

/** By cofactors; the matrix is symmetric, so its cofactors need no transposition. */
function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const [ca, cb, cc] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const det = a * ca + b * cb + c * cc;
  return [
    [ca / det, cb / det, cc / det],
    [cb / det, (a * i - c * g) / det, (b * g - a * h) / det],
    [cc / det, (b * g - a * h) / det, (a * e - b * d) / det],
  ];
}
