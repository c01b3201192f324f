/** Where values normally lie. */
export interface Level {
  readonly level: number;
  /** One usual deviation, never 0. */
  readonly spread: number;
}

/** So many points right before the onset need no reference beside them. */
const ENOUGH_RECENT_POINTS = 12;
const SPREAD_OF_FEW_POINTS = 0.25;
const LEAST_SPREAD = 0.05;
const MAD_TO_DEVIATION = 1.4826;
/** The standard normal distribution's quantile of 0.99. */
const NORMAL_Q99 = 2.326;

/**
 * The normal level of a metric that is bad when high. Few recent points are taken together with the reference, whose time may have had
 * another level (another deployment): the higher level counts, so that only what is high by both is called high.
 * Spread: the larger of the median absolute deviation and the upper tail, of the reference where the recent points are few.
 * Undefined where nothing was ever measured.
 */
export function findLevel(recent: readonly number[], reference: readonly number[]): Level | undefined {
  const isRecentEnough = recent.length >= ENOUGH_RECENT_POINTS || reference.length === 0;
  const told = isRecentEnough ? recent : reference;
  if (told.length === 0) return undefined;
  const level = Math.max(recent.length > 0 ? median(recent) : 0, isRecentEnough ? 0 : median(reference));
  const floor = told.length < ENOUGH_RECENT_POINTS ? SPREAD_OF_FEW_POINTS : LEAST_SPREAD;
  return { level, spread: Math.max(usualDeviation(told), floor * level, Number.MIN_VALUE * 1e10) };
}

function usualDeviation(values: readonly number[]): number {
  const middle = median(values);
  const mad = median(values.map((value) => Math.abs(value - middle)));
  return Math.max(mad * MAD_TO_DEVIATION, (quantile(values, 0.99) - middle) / NORMAL_Q99);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Nearest-rank quantile of a list that is not empty. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
