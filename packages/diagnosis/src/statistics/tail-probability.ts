import { countAbove, countOf, edgeOfBin, type Histogram } from './histogram.ts';

/** A generalized Pareto distribution of what is above a threshold. */
export interface TailFit {
  readonly thresholdMs: number;
  /** Share of all calls above the threshold. */
  readonly share: number;
  readonly scaleMs: number;
  /** Below 0 the tail ends, at 0 it is exponential, above it is heavy. */
  readonly shape: number;
  readonly exceedances: number;
}

const TAIL_SHARE = 0.1;
const LEAST_EXCEEDANCES = 15;
/** A shape outside of this is noise of a small sample; durations of calls are heavy at most like this. */
const SHAPES = { least: -0.5, most: 0.5 };

/**
 * Peaks over a threshold (Pickands 1975): the tenth of the calls that is slowest, as a generalized Pareto distribution by probability-weighted
 * moments (Hosking & Wallis 1987, eq. 5: shape = 2 - a0 / (a0 - 2 a1), scale = 2 a0 a1 / (a0 - 2 a1)). Undefined below 15 exceedances.
 */
export function fitTail(histogram: Histogram): TailFit | undefined {
  const total = countOf(histogram);
  const threshold = tailBin(histogram, total);
  if (threshold === undefined) return undefined;
  const thresholdMs = edgeOfBin(threshold);
  const count = countAbove(histogram, threshold);
  if (count < LEAST_EXCEEDANCES) return undefined;
  let above = count;
  let a0 = 0;
  let a1 = 0;
  for (const [bin, weight] of histogram) {
    if (bin <= threshold) continue;
    const [fromMs, toMs] = [edgeOfBin(bin - 1), edgeOfBin(bin)];
    const excessMs = (fromMs + toMs) / 2 - thresholdMs;
    const survival = (above - weight / 2) / count;
    a0 += (weight / count) * excessMs;
    // Within a bin the longer calls are those of lower survival: the covariance of two uniform quantities.
    a1 += (weight / count) * (survival * excessMs - ((toMs - fromMs) * (weight / count)) / 12);
    above -= weight;
  }
  const spread = a0 - 2 * a1;
  const shape = spread > 0 ? Math.min(SHAPES.most, Math.max(SHAPES.least, 2 - a0 / spread)) : SHAPES.most;
  return { thresholdMs, share: count / total, scaleMs: a0 * (1 - shape), shape, exceedances: count };
}

/** Probability that a call takes longer than a limit. */
export function probabilityAbove(fit: TailFit, limitMs: number): number {
  const excess = limitMs - fit.thresholdMs;
  if (excess <= 0) return fit.share;
  if (Math.abs(fit.shape) < 1e-6) return fit.share * Math.exp(-excess / fit.scaleMs);
  const inner = 1 + (fit.shape * excess) / fit.scaleMs;
  return inner <= 0 ? 0 : fit.share * inner ** (-1 / fit.shape);
}

/** The bin above which the slowest tenth is, and no more. */
function tailBin(histogram: Histogram, total: number): number | undefined {
  let above = 0;
  for (const [bin, count] of histogram.toReversed()) {
    above += count;
    if (above > total * TAIL_SHARE) return bin;
  }
  return undefined;
}
