import { judgeErrors, NOTHING_USUAL, type UsualErrors } from './usual-errors.ts';

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
  /** Of the nearest way, by the step. */
  readonly usual: readonly UsualErrors[];
  /** Points since the last one of a level that nobody foresaw, as many as there are steps at most. */
  readonly sinceShock: number;
  /** How far beyond a usual error the newest point was from what each way said of it: [way][step]. */
  readonly astray: readonly (readonly number[])[];
}

/** Points after which an error counts half: five hours of five minutes. */
export const HALF_LIFE = 60;
/** How many times an error counts that was made since a shock. */
const ASTRAY = 2;
const KEEP = 0.5 ** (1 / HALF_LIFE);

export function nothingTracked(ways: number, steps: number): TrackedErrors {
  const none = Array.from({ length: ways }, () => Array<number>(steps).fill(0));
  return {
    sums: Array<typeof none>(steps).fill(none),
    said: [],
    phase: 0,
    usual: Array<UsualErrors>(steps).fill(NOTHING_USUAL),
    sinceShock: steps,
    astray: none,
  };
}

/** After each way has said what comes, and the first point of it came true. */
export function trackPoint(
  { sums, said, phase, usual, sinceShock }: TrackedErrors,
  forecasts: readonly (readonly number[])[],
  value: number,
): TrackedErrors {
  const steps = sums.length;
  const newest = [...said.slice(said.length + 1 > steps ? 1 : 0), forecasts];
  const judged = usual.map((before, step) => {
    const errors = newest.at(-1 - step)?.map((mean) => Math.abs(mean[step]! - value));
    return errors && judgeErrors(before, errors, KEEP);
  });
  const scored = sums.map((ways, at) => {
    const back = (phase - at + steps) % steps;
    return ways.map((errors, way) =>
      errors.map((sum, step) => KEEP * sum + (step === back ? (judged[step]?.errors[way] ?? 0) : 0)),
    );
  });
  return {
    sums: scored,
    said: newest,
    phase: (phase + 1) % steps,
    usual: usual.map((before, step) => judged[step]?.usual ?? before),
    sinceShock: judged[0]?.isShock ? 0 : Math.min(steps, sinceShock + 1),
    astray: forecasts.map((_, way) => judged.map((one) => one?.astray[way] ?? 0)),
  };
}

/**
 * The errors to judge what is said next by: those of all phases, and once more for each phase there is those of its own. Where in an hour a forecast begins decides
 * who is right on a series with a pulse on the hour.
 *
 * What was said since a shock has come true at the near steps only. Until it has at all of them, who went astray at a near step is not believed at the far ones
 * either. [way][step]
 */
export function errorsNow({ sums, phase, sinceShock, astray }: TrackedErrors): number[][] {
  const steps = sums.length;
  const afterShock = steps > 1 && sinceShock < steps ? ASTRAY : 0;
  return sums[0]!.map((errors, way) => {
    let nearer = 0;
    return errors.map((_, step) => {
      nearer += afterShock * astray[way]![step]!;
      return sums.reduce((total, ways, at) => total + (at === phase ? 1 + steps : 1) * ways[way]![step]!, nearer);
    });
  });
}
