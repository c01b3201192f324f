import { usualShare } from '../../assess/baseline.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import type { Rule } from '../rule.ts';
import { clock, counted, number, percent } from '../words.ts';
import { concurrencyCause } from './concurrency-cause.ts';

/** Calls refused for want of concurrency. They are in no log: the figure is CloudWatch's `Throttles`. Counted as in failure-signal.ts. */
export const throttling: Rule = {
  class: 'throttling',
  opensAfter: 1,
  judge({ seen, core, context, since, isOpen }) {
    const throttles = seen.throttles ?? 0;
    const tried = seen.calls + throttles;
    if (throttles < (isOpen ? 1 : 2)) return undefined;
    const usual = usualShare(core.baseline.throttled, 0.001);
    const surprise = binomialSurprise(throttles, tried, usual);
    const share = throttles / tried;
    if (surprise < (isOpen ? 4 : 8) || share < 3 * usual) return undefined;
    const limit =
      context.concurrencyLimit === undefined
        ? ''
        : ` Its limit is ${counted(context.concurrencyLimit, 'environment')} at once.`;
    return {
      surprise,
      severity: share >= 0.05 ? 'critical' : 'warning',
      magnitude: share / usual,
      title: `refuses ${percent(share)} of its calls for want of concurrency`,
      explanation: `Since ${clock(since)} Lambda refuses ${number(throttles)} of ${counted(tried, 'call')} a minute (${percent(share)}).${limit} Calls of an API fail at once with 429; events and messages wait and are tried again.`,
      evidence: [
        {
          text: `${number(throttles)} of ${counted(tried, 'call')} were throttled in the minute from ${clock(seen.start)}.`,
          metric: 'throttles',
          before: usual * 100,
          after: share * 100,
          unit: '%',
          since: seen.start,
        },
      ],
      causes: [concurrencyCause(context)],
    };
  },
};
