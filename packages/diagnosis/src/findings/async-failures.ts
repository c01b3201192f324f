import { countIn, isEstimate } from '../windows/given-up.ts';
import type { Rule } from './rule.ts';
import { clock, counted } from './words.ts';

/** Asynchronous requests that Lambda gave up, after its retries or for their age: they come from the function's on-failure destination or dead-letter queue. Each is work that was lost. */
export const asyncFailures: Rule = {
  class: 'async-failures',
  opensAfter: 1,
  judge({ givenUp, seen }) {
    if (givenUp === undefined) return undefined;
    const given = countIn(givenUp.hashes);
    const tooOld = countIn(givenUp.tooOld);
    const ids = givenUp.requestIds;
    const some = `${isEstimate(givenUp) ? 'about ' : ''}${counted(given, 'asynchronous request')}`;
    return {
      surprise: 12,
      severity: given >= 5 ? 'critical' : 'warning',
      magnitude: given,
      title: `gave up ${some}`,
      explanation: `At ${clock(seen.start)} Lambda gave up ${some}${tooOld > 0 ? `, ${counted(tooOld, 'of them')} for its age` : ' after the last retry'}. What they asked for is not done; their events are in the failure destination.`,
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
