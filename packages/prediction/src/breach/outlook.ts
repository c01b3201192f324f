/** Whether and when a limit will be hit. */
export interface Outlook {
  /** Within the horizon, 0 to 1. */
  readonly probability: number;
  readonly expectedAt?: number;
  readonly earliestAt?: number;
  readonly latestAt?: number;
  readonly horizonMs: number;
}

const STEP_MS = 300_000;

/** The times at which half, the first fortieth and all but the last fortieth of the probability is reached: when, if at all. */
export function outlookOf(probabilities: readonly number[], origin: number): Outlook {
  const probability = Math.min(1, probabilities.at(-1) ?? 0);
  const horizonMs = Math.max(1, probabilities.length) * STEP_MS;
  if (probability <= 0) return { probability: 0, horizonMs };
  const at = (share: number): number => {
    const wanted = share * probability;
    const step = probabilities.findIndex((value) => value >= wanted);
    const before = step === 0 ? 0 : probabilities[step - 1]!;
    const within = (wanted - before) / Math.max(1e-12, probabilities[step]! - before);
    return Math.round(origin + (step + Math.min(1, within)) * STEP_MS);
  };
  return { probability, expectedAt: at(0.5), earliestAt: at(0.025), latestAt: at(0.975), horizonMs };
}
