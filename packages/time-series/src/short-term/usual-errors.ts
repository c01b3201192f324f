/** How far the nearest of several ways usually is off: discounted. Plain JSON. */
export interface UsualErrors {
  readonly sum: number;
  readonly count: number;
}

export const NOTHING_USUAL: UsualErrors = { sum: 0, count: 0 };

/** The errors of ways at one point, as they tell who is to be trusted. */
export interface JudgedErrors {
  readonly errors: readonly number[];
  /** What is beyond a usual error: who sees a new level has none. */
  readonly astray: readonly number[];
  /** Whether it is of a level that nobody foresaw. */
  readonly isShock: boolean;
  readonly usual: UsualErrors;
}

/** How many times its usual error the nearest way is off when what came was foreseen by nobody. */
const SHOCK = 3;
/** How many times that it is off when a series has left the level that it had. At 4 a function on a schedule that begins some minutes late would pass for one. */
const NEW_LEVEL = 8;
/** Points from which it is known what is usual. */
const LEAST_POINTS = 8;

/**
 * The errors of ways at one point without the part that all of them share because nobody foresaw it: it says nothing of who is to be trusted, and would hide for
 * hours who sees a new level and who does not.
 *
 * @param keep what of the errors before still counts
 */
export function judgeErrors({ sum, count }: UsualErrors, errors: readonly number[], keep: number): JudgedErrors {
  const least = Math.min(...errors);
  const most = count < LEAST_POINTS ? Number.POSITIVE_INFINITY : (SHOCK * sum) / count;
  const shared = Math.max(0, least - most);
  return {
    errors: errors.map((error) => error - shared),
    astray: errors.map((error) => Math.max(0, error - shared - most)),
    isShock: least > NEW_LEVEL * most,
    usual: { sum: keep * sum + least - shared, count: keep * count + 1 },
  };
}
