import { type Baseline, usualShare } from '../../assess/baseline.ts';
import { usualDurations } from '../../assess/served-version.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, type Histogram, quantileOf, withoutSlowest } from '../../statistics/histogram.ts';
import type { Judgement } from '../rule.ts';

/** How much slower calls became. */
export interface SlowDown {
  readonly surprise: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly quantile: 'median' | 'p95';
  readonly calls: number;
  /** Minutes that have to show it for a finding. */
  readonly opensAfter: 1 | 2;
}

/** What stands out of it by less than this has to show twice: noise of a busy machine has no thin tail. */
const CERTAIN_FACTOR = 6;
/** Noise beyond this is not believed: what takes three times as long is told, however restless its function was while it was learnt. */
const MOST_NOISE = 0.27;
const LEAST_ADDED_MS = 20;

/** How far the medians of this function stray, as a logarithm. */
export const noiseOf = ({ medianNoise }: Pick<Baseline, 'medianNoise'>): number => Math.min(MOST_NOISE, medianNoise);

/** What a slow-down is measured by. */
export type Calls = Pick<Judgement, 'core' | 'recent' | 'seen'>;

/** A quantile of the last calls and of the usual ones; undefined where it is not so many times as long, and by 20 ms. */
export function compareAt(quantile: number, { recent }: Pick<Calls, 'recent'>, usual: Histogram, ratio: number) {
  const now = withoutSlowest(recent.durations, recent.cold ?? 0);
  const beforeMs = quantileOf(usual, quantile) ?? 0;
  const afterMs = quantileOf(now, quantile) ?? 0;
  const isLarge = afterMs >= beforeMs * ratio && afterMs - beforeMs >= LEAST_ADDED_MS;
  return isLarge ? { beforeMs, afterMs, now } : undefined;
}

/** The middle of the last calls, as a quantile test: how unlikely it is that so many are above the usual p75. */
export function shiftedMiddle(judgement: Calls, ratio: number): SlowDown | undefined {
  const { baseline } = judgement.core;
  const usual = usualDurations(baseline, judgement.seen);
  const compared = compareAt(0.5, judgement, usual, ratio);
  if (compared === undefined) return undefined;
  const { beforeMs, afterMs, now } = compared;
  const edge = binOf(quantileOf(usual, 0.75) ?? 0);
  const calls = countOf(now);
  const surprise = binomialSurprise(
    countAbove(now, edge),
    calls,
    usualShare([countAbove(usual, edge), countOf(usual)], 0.25, 1),
  );
  const isCertain = Math.log(afterMs / beforeMs) >= CERTAIN_FACTOR * noiseOf(baseline);
  return { surprise, beforeMs, afterMs, quantile: 'median', calls, opensAfter: isCertain ? 1 : 2 };
}
