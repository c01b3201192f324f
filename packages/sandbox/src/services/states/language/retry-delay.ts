import type { Retrier } from './definition.ts';

const DEFAULTS = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 } as const;

/**
 * Milliseconds to wait before retry `attempt` (0 is the first), or undefined where no retry is left.
 * `interval * rate^attempt`, at most MaxDelaySeconds; FULL jitter draws evenly from 0 to that.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function retryDelayMs(retrier: Retrier, attempt: number, random: () => number): number | undefined {
  const { IntervalSeconds, MaxAttempts, BackoffRate } = { ...DEFAULTS, ...retrier };
  if (attempt >= MaxAttempts) return undefined;
  const backOff = IntervalSeconds * BackoffRate ** attempt;
  const delaySeconds = Math.min(backOff, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return (retrier.JitterStrategy === 'FULL' ? random() * delaySeconds : delaySeconds) * 1000;
}
