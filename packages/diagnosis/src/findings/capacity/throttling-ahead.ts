import { trendOf } from '../../statistics/trend.ts';
import type { Judgement, Rule } from '../rule.ts';
import { clock, number, percent } from '../words.ts';
import { concurrencyCause } from './concurrency-cause.ts';

const AHEAD_MINUTES = 15;
const LEAST_SHARE = 0.5;
const FULL_SHARE = 0.9;

/**
 * Concurrency is on its way to its limit: at nine tenths of it, or at half of it and rising so that it is there within a quarter of an hour (Mann-Kendall
 * trend, Theil-Sen slope of the last ten minutes). Where environments are not counted, Little's law (1961) gives their mean: busy time over the minute.
 */
export const throttlingAhead: Rule = {
  class: 'throttling-ahead',
  opensAfter: 2,
  judge(judgement) {
    const { seen, core, context, isOpen } = judgement;
    const limit = context.concurrencyLimit;
    if (limit === undefined || limit < 1 || (seen.throttles ?? 0) > 0) return undefined;
    const now = concurrencyOf(judgement);
    const share = now / limit;
    const usualShare = core.baseline.concurrency / limit;
    const { slopePerStep, surprise } = trendOf([...core.lastConcurrency, now].slice(-8));
    const minutesLeft = slopePerStep > 0 ? (limit - now) / slopePerStep : Number.POSITIVE_INFINITY;
    const isFull = share >= (isOpen ? 0.8 : FULL_SHARE) && usualShare < 0.8;
    const isComing = share >= LEAST_SHARE && minutesLeft <= AHEAD_MINUTES && surprise > 3 && share > 1.3 * usualShare;
    if (!isFull && !isComing) return undefined;
    const when =
      minutesLeft <= AHEAD_MINUTES
        ? `At this pace the limit is reached in ${number(Math.max(1, Math.round(minutesLeft)))} minutes.`
        : 'Little more traffic fits.';
    return {
      surprise: Math.max(surprise, 8 * share),
      severity: 'warning',
      magnitude: share / LEAST_SHARE,
      title: `uses ${percent(share)} of the concurrency that it may have`,
      explanation: `At ${clock(seen.start)} ${number(Math.round(now))} of ${number(limit)} environments run at once (usual: ${number(Math.round(core.baseline.concurrency))}). ${when} Beyond it calls are refused.`,
      evidence: [
        {
          text: `${number(Math.round(now))} of ${number(limit)} environments at once at ${clock(seen.start)}.`,
          metric: 'concurrency',
          before: core.baseline.concurrency,
          after: now,
          since: seen.start,
        },
      ],
      causes: [concurrencyCause(context)],
    };
  },
};

export const concurrencyOf = ({ seen }: Pick<Judgement, 'seen'>): number =>
  seen.maxConcurrency ?? seen.durationSumMs / 60_000;
