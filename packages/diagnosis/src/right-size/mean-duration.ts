import { binWidth, countOf, type Histogram, quantileOf, valueOfBin } from '../statistics/histogram.ts';
import type { Bounds } from './size-estimate.ts';
import type { SizeTraffic } from './traffic-by-size.ts';

/** Standard errors on either side within which a mean or a quantile lies in 95 of 100 samples. */
const ERRORS = 2;

/** A mean with its standard errors, ms: by how much calls differ and how few they are, and by where in its bin each of them lies. */
export interface MeanDuration {
  readonly ms: number;
  readonly chanceMs: number;
  readonly binsMs: number;
}

/** The mean of a size's calls: from the sum of their durations where that is known, else from its bins, in each of which they may lie anywhere (uniformly). */
export function meanDurationOf({ durations, calls, durationSumMs }: SizeTraffic): MeanDuration {
  const total = countOf(durations);
  if (total === 0) return { ms: 0, chanceMs: 0, binsMs: 0 };
  const sum = (of: (bin: number, share: number) => number): number =>
    durations.reduce((all, [bin, count]) => all + of(bin, count / total), 0);
  const ms = sum((bin, share) => share * valueOfBin(bin));
  const chanceMs = Math.sqrt(sum((bin, share) => share * (valueOfBin(bin) - ms) ** 2) / total);
  if (durationSumMs !== undefined) return { ms: durationSumMs / calls, chanceMs, binsMs: 0 };
  return { ms, chanceMs, binsMs: Math.sqrt(sum((bin, share) => (share * binWidth(bin)) ** 2 / 12)) };
}

/** What 95 of 100 calls stay below, between the ranks that chance leaves open (binomial, in its normal approximation). */
export function p95Of(durations: Histogram): Bounds {
  const total = countOf(durations);
  const doubt = total === 0 ? 0 : ERRORS * Math.sqrt((0.95 * 0.05) / total);
  const at = (rank: number): number => quantileOf(durations, Math.min(1, rank)) ?? 0;
  return { least: at(0.95 - doubt), most: at(0.95 + doubt) };
}

/** From so many standard errors below a value, but not below 0, to as many above. */
export const around = (value: number, error: number): Bounds => ({
  least: Math.max(0, value - ERRORS * error),
  most: value + ERRORS * error,
});
