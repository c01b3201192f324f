/** How many values lie in (`from`, `to`]. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A generalized Pareto distribution of what is above a threshold. `threshold` and `scale` are in the unit of the values. */
export interface TailFit {
  readonly threshold: number;
  /** Share of all values above the threshold. */
  readonly share: number;
  readonly scale: number;
  /** Below 0 the tail ends, at 0 it is exponential, above it is heavy. */
  readonly shape: number;
  readonly exceedances: number;
}

const TAIL_SHARE = 0.1;
const LEAST_EXCEEDANCES = 15;
const LEAST_OF_KNOWN_SHAPE = 10;
/** So many exceedances weigh as much as what is known of the shape. */
const SHAPE_WEIGHT = 15;
/** A shape outside of this is noise of a small sample; durations of calls are heavy at most like this. */
const SHAPES = { least: -0.5, most: 0.5 };

/**
 * Peaks over a threshold (Pickands 1975): the tenth of the values that is highest, as a generalized Pareto distribution by probability-weighted
 * moments (Hosking & Wallis 1987, eq. 5: shape = 2 - a0 / (a0 - 2 a1), scale = 2 a0 a1 / (a0 - 2 a1)). `buckets` ascend and do not overlap.
 * Undefined below 15 exceedances, below 10 where the shape is known. O(buckets).
 *
 * @param usualShape what is known of the shape from many more values, where something is: the shape of a few is mostly noise, its standard error about 1 / sqrt(exceedances), so it is
 * drawn to the known one, as by a prior of fifteen exceedances (Coles & Dixon 1999 draw it to 0 likewise); scale and threshold are of these values alone
 */
export function fitTail(buckets: readonly Bucket[], usualShape?: number): TailFit | undefined {
  const total = countIn(buckets);
  const at = thresholdAt(buckets, total);
  const threshold = buckets[at]?.to;
  if (threshold === undefined) return undefined;
  const tail = buckets.slice(at + 1);
  const count = countIn(tail);
  if (count < (usualShape === undefined ? LEAST_EXCEEDANCES : LEAST_OF_KNOWN_SHAPE)) return undefined;
  let above = count;
  let a0 = 0;
  let a1 = 0;
  for (const { from, to, count: weight } of tail) {
    const excess = (from + to) / 2 - threshold;
    const survival = (above - weight / 2) / count;
    a0 += (weight / count) * excess;
    // Within a bucket the higher values are those of lower survival: the covariance of two uniform quantities.
    a1 += (weight / count) * (survival * excess - ((to - from) * (weight / count)) / 12);
    above -= weight;
  }
  const spread = a0 - 2 * a1;
  const own = spread > 0 ? Math.min(SHAPES.most, Math.max(SHAPES.least, 2 - a0 / spread)) : SHAPES.most;
  const shape = usualShape === undefined ? own : (own * count + usualShape * SHAPE_WEIGHT) / (count + SHAPE_WEIGHT);
  return { threshold, share: count / total, scale: a0 * (1 - shape), shape, exceedances: count };
}

/** Probability that a value is above a limit, in the values' unit. */
export function probabilityAbove(fit: TailFit, limit: number): number {
  const excess = limit - fit.threshold;
  if (excess <= 0) return fit.share;
  if (Math.abs(fit.shape) < 1e-6) return fit.share * Math.exp(-excess / fit.scale);
  const inner = 1 + (fit.shape * excess) / fit.scale;
  return inner <= 0 ? 0 : fit.share * inner ** (-1 / fit.shape);
}

const countIn = (buckets: readonly Bucket[]): number => buckets.reduce((sum, { count }) => sum + count, 0);

/** Where the bucket is above which the highest tenth is, and no more; -1 of nothing. */
function thresholdAt(buckets: readonly Bucket[], total: number): number {
  let above = 0;
  return buckets.findLastIndex(({ count }) => {
    above += count;
    return above > total * TAIL_SHARE;
  });
}
