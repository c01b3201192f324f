/** What decides whether a call finds every environment that it may use busy, though on average some are free. */
export interface BlockingLoad {
  readonly arrivals: number;
  readonly tickMs: number;
  /** Requests from before that stay beyond the end of the tick. */
  readonly staying: number;
  readonly meanDurationMs: number;
  readonly concurrencyLimit: number;
}

/**
 * Share of a tick's calls that chance brings while the limit is used up: Erlang's loss formula in its normal approximation, φ(z) / (s · Φ(z)) with z the
 * deviations s between the mean level and the limit (Jagerman, Bell System Technical Journal 53, 1974; Φ by the logistic curve, within 1 %). How many come
 * in a tick is drawn already; s is what is left to their moments: a call of a share p of the tick is under way at one of them with probability p. Beyond the
 * limit the mean is what can be carried: what exceeds it is throttled without any chance. Holds for calls up to about half a tick; of longer ones too many are blocked, since what
 * neighbouring ticks share is left out, and of those that outlast a tick none by chance.
 */
export function blockedShare({ arrivals, tickMs, staying, meanDurationMs, concurrencyLimit }: BlockingLoad): number {
  const share = Math.min(1, meanDurationMs / tickMs);
  const level = arrivals * share;
  const spread = Math.sqrt(level * (1 - share));
  if (!(spread > 0)) return 0;
  const z = Math.max(0, concurrencyLimit - staying - level) / spread;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return Math.min(1, (density * (1 + Math.exp(-1.702 * z))) / spread);
}
