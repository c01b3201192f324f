/** Whether and when a limit will be hit. */
export interface Outlook {
  /** Within the horizon, 0 to 1. */
  readonly probability: number;
  readonly expectedAt?: number;
  readonly earliestAt?: number;
  readonly latestAt?: number;
  /** The same within the next minutes: who waits longer may tell too late. */
  readonly soon: number;
  readonly horizonMs: number;
}

/**
 * What is told so long before leaves a quarter of an hour: who tells at two chances of five is late by half of the time's own spread, some ten minutes, and the
 * highest of a minute passes a limit before the climb does.
 */
export const NOTICE_MS = 28 * 60_000;
const STEP_MS = 300_000;

/** Probabilities until the end of each step of five minutes from `origin` on, `soonAt` ends what is soon. The times at which half, the first fortieth and all but the last fortieth of the probability is reached: when, if at all. */
export function outlookOf(
  probabilities: readonly number[],
  { origin, soonAt }: { readonly origin: number; readonly soonAt: number },
): Outlook {
  const probability = Math.min(1, probabilities.at(-1) ?? 0);
  const horizonMs = Math.max(1, probabilities.length) * STEP_MS;
  if (probability <= 0) return { probability: 0, soon: 0, horizonMs };
  const at = (share: number): number => {
    const wanted = share * probability;
    const step = probabilities.findIndex((value) => value >= wanted);
    const before = step === 0 ? 0 : probabilities[step - 1]!;
    const within = (wanted - before) / Math.max(1e-12, probabilities[step]! - before);
    return Math.round(origin + (step + Math.min(1, within)) * STEP_MS);
  };
  const soon = Math.min(1, until(probabilities, (soonAt - origin) / STEP_MS));
  return { probability, soon, expectedAt: at(0.5), earliestAt: at(0.025), latestAt: at(0.975), horizonMs };
}

/** Between the ends of steps, in proportion. */
function until(probabilities: readonly number[], steps: number): number {
  const at = (step: number): number => (step < 0 ? 0 : (probabilities[Math.min(step, probabilities.length - 1)] ?? 0));
  const whole = Math.floor(steps);
  return at(whole - 1) + (at(whole) - at(whole - 1)) * (steps - whole);
}
