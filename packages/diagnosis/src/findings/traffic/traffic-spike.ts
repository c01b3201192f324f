import { expectedCalls } from '../../assess/load.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, counted, number, times } from '../words.ts';
import { isUnusualFor, surgeOf } from './traffic-surge.ts';

const LEAST_RATIO = 4;

/** Much more traffic than at this time of the week, two minutes in a row, and no failures that would call for retries. Formula: see traffic-surge.ts. */
export const trafficSpike: Rule = {
  class: 'traffic-spike',
  opensAfter: 2,
  judge(judgement) {
    const { core, seen, isOpen } = judgement;
    const surge = surgeOf(judgement, LEAST_RATIO, 16);
    if (surge !== undefined && isUnusualFor(surge, judgement)) return tell(judgement, surge.expected, surge.surprise);
    const expected = Math.max(1, expectedCalls(core.baseline.load, seen.start).most);
    return isOpen && seen.calls > 2 * expected ? tell(judgement, expected, 8) : undefined;
  },
};

function tell({ seen, since }: Judgement, expected: number, surprise: number): Signal {
  const ratio = seen.calls / expected;
  return {
    surprise,
    severity: ratio >= 10 ? 'warning' : 'info',
    magnitude: ratio,
    title: `gets ${times(ratio)} its usual traffic`,
    explanation: `Since ${clock(since)} there are ${counted(seen.calls, 'call')} a minute instead of some ${number(Math.round(expected))}.`,
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
