/**
 * How far each of several ways was off lately, by the step ahead and by where in the span of the steps it was said, newest errors counting most; and what they have
 * said of points to come. Plain JSON.
 */
export interface TrackedErrors {
  /** Discounted sums of absolute errors: [phase][way][step]. There are as many phases as steps. */
  readonly sums: readonly (readonly (readonly number[])[])[];
  /** What each way said before each of the newest points, the newest last, as many as there are steps at most: [point][way][step]. */
  readonly said: readonly (readonly (readonly number[])[])[];
  /** Of what is said next. */
  readonly phase: number;
}

/** Points after which an error counts half: five hours of five minutes. */
export const HALF_LIFE = 60;
const KEEP = 0.5 ** (1 / HALF_LIFE);

export function nothingTracked(ways: number, steps: number): TrackedErrors {
  const sums = Array.from({ length: steps }, () =>
    Array.from({ length: ways }, () => Array.from({ length: steps }, () => 0)),
  );
  return { sums, said: [], phase: 0 };
}

/** After each way has said what comes, and the first point of it came true. */
export function trackPoint(
  { sums, said, phase }: TrackedErrors,
  forecasts: readonly (readonly number[])[],
  value: number,
): TrackedErrors {
  const steps = sums.length;
  const newest = [...said.slice(said.length + 1 > steps ? 1 : 0), forecasts];
  const scored = sums.map((ways, at) => {
    const back = (phase - at + steps) % steps;
    const judged = newest.at(-1 - back);
    return ways.map((errors, way) =>
      errors.map((sum, step) => {
        const error = judged !== undefined && step === back ? Math.abs(judged[way]![step]! - value) : 0;
        return KEEP * sum + error;
      }),
    );
  });
  return { sums: scored, said: newest, phase: (phase + 1) % steps };
}

/**
 * The errors to judge what is said next by: those of all phases, and once more for each phase there is those of its own. Where in an hour a forecast begins decides
 * who is right on a series with a pulse on the hour. [way][step]
 */
export function errorsNow({ sums, phase }: TrackedErrors): number[][] {
  const steps = sums.length;
  return sums[0]!.map((errors, way) =>
    errors.map((_, step) =>
      sums.reduce((total, ways, at) => total + (at === phase ? 1 + steps : 1) * ways[way]![step]!, 0),
    ),
  );
}
