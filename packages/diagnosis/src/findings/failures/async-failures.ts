import { countIn, type GivenUp, isEstimate } from '../../windows/given-up.ts';
import type { Rule } from '../rule.ts';
import { clock, counted, number } from '../words.ts';

/** Asynchronous requests that Lambda gave up, after its retries or for their age: they come from the function's on-failure destination or dead-letter queue. Each is work that was lost. */
export const asyncFailures: Rule = {
  class: 'async-failures',
  opensAfter: 1,
  judge({ givenUp, seen }) {
    if (givenUp === undefined) return undefined;
    const given = countIn(givenUp.hashes);
    const ids = givenUp.requestIds;
    const some = `${isEstimate(givenUp) ? 'about ' : ''}${counted(given, 'asynchronous request')}`;
    return {
      surprise: 12,
      severity: given >= 5 ? 'critical' : 'warning',
      magnitude: given,
      title: `gave up ${some}`,
      explanation: `At ${clock(seen.start)} Lambda gave up ${some}${reasonsOf(givenUp)}. What they asked for is not done; their events are in the failure destination.`,
      evidence: [
        {
          text: `${some} went to the failure destination at ${clock(seen.start)}.`,
          metric: 'asynchronous requests given up',
          after: given,
          since: seen.start,
          ...(ids.length > 0 ? { requestIds: [...ids] } : {}),
        },
      ],
    };
  },
};

/** As Lambda's record says it: after the last retry, for the event's age (`MaximumEventAgeInSeconds`), or without a reason. Each with its count where there are several. */
function reasonsOf({ hashes, tooOld, untold = [] }: GivenUp): string {
  const [given, aged, unknown] = [countIn(hashes), countIn(tooOld), countIn(untold)];
  const reasons = (
    [
      [Math.max(0, given - aged - unknown), 'after the last retry'],
      [aged, `because ${aged === 1 ? 'it was' : 'they were'} too old`],
      [unknown, 'for a reason that is not told'],
    ] as const
  ).filter(([count]) => count > 0);
  if (reasons.length === 1) return ` ${reasons[0]![1]}`;
  return `: ${reasons.map(([count, why]) => `${number(count)} ${why}`).join(', ')}`;
}
