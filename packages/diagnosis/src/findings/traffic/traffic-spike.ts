import { costAsRun } from '@lamplighter/pricing';
import { expectedCalls } from '../../assess/load.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, counted, number, times, usd } from '../words.ts';
import { isUnusualFor, suddenSurgeOf, surgeOf } from './traffic-surge.ts';

const LEAST_RATIO = 4;
const MINUTES_A_DAY = 1_440;

/** Much more traffic than at this time of the week, two minutes in a row, and no failures that would call for retries; or of what doubles minute by minute, far more than some minutes ago. Formula: see traffic-surge.ts. */
export const trafficSpike: Rule = {
  class: 'traffic-spike',
  opensAfter: 2,
  judge(judgement) {
    const { core, seen, isOpen } = judgement;
    const surge = surgeOf(judgement, LEAST_RATIO, 16);
    if (surge !== undefined && isUnusualFor(surge, judgement)) return tell(judgement, surge.expected, surge.surprise);
    const sudden = suddenSurgeOf(judgement);
    if (sudden !== undefined) return tell(judgement, sudden.expected, sudden.surprise);
    const expected = Math.max(1, expectedCalls(core.baseline.load, seen.start).most);
    return isOpen && seen.calls > 2 * expected ? tell(judgement, expected, 8) : undefined;
  },
};

function tell({ seen, since, context }: Judgement, expected: number, surprise: number): Signal {
  const ratio = seen.calls / expected;
  const costUsd = costAsRun({ usd: seen.costUsd, invocations: seen.calls, at: seen.start }, context);
  const addedADay = costUsd * (1 - 1 / ratio) * MINUTES_A_DAY;
  const costs =
    addedADay < (context.materialUsdPerDay ?? 1) ? '' : ` At this rate they cost about ${usd(addedADay)} a day more.`;
  return {
    surprise,
    severity: ratio >= 10 ? 'warning' : 'info',
    magnitude: ratio,
    title: `gets ${times(ratio)} its usual traffic`,
    explanation: `Since ${clock(since)} there are ${counted(seen.calls, 'call')} a minute instead of some ${number(Math.round(expected))}.${costs}`,
    evidence: [
      {
        text: `Calls rose from ${number(Math.round(expected))} to ${number(seen.calls)} a minute at ${clock(seen.start)}.`,
        metric: 'invocations',
        before: expected,
        after: seen.calls,
        since: seen.start,
      },
    ],
    causes: [{ kind: 'load', name: 'traffic', evidence: [] }],
  };
}
