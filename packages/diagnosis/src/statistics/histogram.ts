import type { Bucket } from '@lamplighter/time-series';
import { significant } from './significant.ts';

/**
 * Counts by logarithmic bin, for state that has to be small: bin k holds (1.1^(k-1), 1.1^k] ms, so a quantile is within 5 %. Pairs of bin and
 * count, ascending. 900 s, the longest duration of a function, is bin 144; nothing is below bin 0 or above bin 160.
 */
export type Histogram = readonly (readonly [bin: number, count: number])[];

const GROWTH = 1.1;
const LOG_GROWTH = Math.log(GROWTH);
const LAST_BIN = 160;

export function binOf(valueMs: number): number {
  if (!(valueMs > 1)) return 0;
  return Math.min(LAST_BIN, Math.ceil(Math.log(valueMs) / LOG_GROWTH));
}

/** The middle of a bin, ms. */
export const valueOfBin = (bin: number): number => GROWTH ** (bin - 0.5);
/** The upper edge of a bin, ms. */
const edgeOfBin = (bin: number): number => GROWTH ** bin;
/** From its lower edge to its upper one, ms. */
export const binWidth = (bin: number): number => edgeOfBin(bin) - edgeOfBin(bin - 1);

/** The bins as what they stand for, ms. */
export const bucketsOf = (histogram: Histogram): Bucket[] =>
  histogram.map(([bin, count]) => ({ from: edgeOfBin(bin - 1), to: edgeOfBin(bin), count }));

export function histogramOf(values: Iterable<readonly [valueMs: number, count: number]>): Histogram {
  const counts = new Map<number, number>();
  for (const [valueMs, count] of values) {
    const bin = binOf(valueMs);
    counts.set(bin, (counts.get(bin) ?? 0) + count);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

export const countOf = (histogram: Histogram): number => histogram.reduce((sum, [, count]) => sum + count, 0);

/** `before * keep + added`; what has faded below a hundredth of a call is dropped. O(bins). */
export function fade(before: Histogram, keep: number, added: Histogram, weight = 1): Histogram {
  const faded: [bin: number, count: number][] = [];
  const take = (bin: number, count: number): void => {
    if (count >= 0.01) faded.push([bin, significant(count, 5)]);
  };
  let next = 0;
  for (const [bin, count] of before) {
    for (; next < added.length && added[next]![0] < bin; next++) take(added[next]![0], added[next]![1] * weight);
    const isInBoth = next < added.length && added[next]![0] === bin;
    take(bin, count * keep + (isInBoth ? added[next]![1] * weight : 0));
    if (isInBoth) next++;
  }
  for (; next < added.length; next++) take(added[next]![0], added[next]![1] * weight);
  return faded;
}

/** The value below which a share of the calls is, ms; undefined for none. */
export function quantileOf(histogram: Histogram, quantile: number): number | undefined {
  let left = quantile * countOf(histogram);
  for (const [bin, count] of histogram) {
    left -= count;
    if (left <= 1e-9) return valueOfBin(bin);
  }
  const last = histogram.at(-1);
  return last === undefined ? undefined : valueOfBin(last[0]);
}

/** Without so many of the slowest calls. O(bins). */
export function withoutSlowest(histogram: Histogram, calls: number): Histogram {
  let left = calls;
  const kept = histogram.toReversed().map(([bin, count]): [number, number] => {
    const taken = Math.min(count, left);
    left -= taken;
    return [bin, count - taken];
  });
  return kept.filter(([, count]) => count > 0).reverse();
}

/** How many calls are in bins above this one. */
export function countAbove(histogram: Histogram, bin: number): number {
  return histogram.reduce((sum, [each, count]) => (each > bin ? sum + count : sum), 0);
}
