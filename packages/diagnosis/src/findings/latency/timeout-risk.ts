import { type Histogram, valueOfBin } from '../../statistics/histogram.ts';
import { timeoutChance, usualChance } from '../../statistics/timeout-chance.ts';
import { type Rule, timeoutOf } from '../rule.ts';
import { clock, duration, number, percent } from '../words.ts';

/** One call in ten thousand, ten times the usual, and one timeout in two hours. */
const LEAST_PROBABILITY = 1e-4;
const LEAST_RATIO = 10;
const LEAST_PER_HOUR = 0.5;
/** A tail that was never seen above this share of the timeout is not trusted to reach it. */
const LEAST_REACH = 0.45;

/** No call has timed out yet, and the tail of the durations is about to reach the timeout: a generalized Pareto fit of the slowest tenth, see packages/time-series. */
export const timeoutRisk: Rule = {
  class: 'timeout-risk',
  opensAfter: 2,
  judge(judgement) {
    const { seen, core, isOpen } = judgement;
    const timeoutMs = timeoutOf(judgement);
    if (timeoutMs === undefined || timeoutMs <= 0 || seen.timeouts > 0 || seen.calls === 0) return undefined;
    const now = judgement.recent.tail;
    const reachMs = Math.max(seen.durationMaxMs, longestOf(now));
    if (reachMs < timeoutMs * (isOpen ? 0.4 : LEAST_REACH)) return undefined;
    const chance = timeoutChance(now, core.baseline.durations, timeoutMs);
    if (chance === undefined) return undefined;
    const { probability, fit } = chance;
    // Of half a day's minutes, not of half a day's calls: of few calls a minute those that made the tail long would soon be most of what is usual in it.
    const usual = usualChance(core.baseline.timeoutChance, core.baseline.durations, timeoutMs) ?? 0;
    const perHour = probability * seen.calls * 60;
    const factor = isOpen ? 0.3 : 1;
    if (
      probability < LEAST_PROBABILITY * factor ||
      probability < usual * LEAST_RATIO * factor ||
      perHour < LEAST_PER_HOUR * factor
    )
      return undefined;
    return {
      surprise: 8 + Math.log(probability / Math.max(usual, 1e-6)),
      severity: 'warning',
      magnitude: probability / LEAST_PROBABILITY,
      title: `is about to time out: one call in ${number(Math.round(1 / probability))} would cross ${duration(timeoutMs)}`,
      explanation: `No call has timed out yet. At ${clock(seen.start)} the slowest took ${duration(reachMs)}, ${percent(reachMs / timeoutMs)} of the timeout of ${duration(timeoutMs)}; the shape of the tail says that one call in ${number(Math.round(1 / probability))} crosses it, about ${number(perHour)} an hour at this traffic.`,
      evidence: [
        {
          text: `The probability of a timeout is ${percent(probability)} (usual: ${percent(usual)}), by a generalized Pareto fit of the ${number(Math.round(fit.exceedances))} slowest calls.`,
          metric: 'probability of a timeout',
          before: usual * 100,
          after: probability * 100,
          unit: '%',
          since: seen.start,
          ...(seen.slowest.length > 0 ? { requestIds: [...seen.slowest] } : {}),
        },
      ],
    };
  },
};

/** The longest of the pooled calls that have not faded. */
const longestOf = (tail: Histogram): number => valueOfBin(tail.findLast(([, count]) => count >= 0.3)?.[0] ?? 0);
