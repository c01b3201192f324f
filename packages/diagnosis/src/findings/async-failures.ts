import type { Rule } from './rule.ts';
import { clock, counted } from './words.ts';

/** Asynchronous requests that Lambda gave up, after its retries or for their age: they come from the function's on-failure destination or dead-letter queue. Each is work that was lost. */
export const asyncFailures: Rule = {
  class: 'async-failures',
  opensAfter: 1,
  judge({ facts, seen }) {
    const given = facts.filter((fact) => fact.kind === 'async-failure');
    if (given.length === 0) return undefined;
    const tooOld = given.filter(({ condition }) => condition === 'EventAgeExceeded').length;
    const ids = given.map(({ requestId }) => requestId).filter((id) => /^[\w-]{1,64}$/.test(id));
    return {
      surprise: 12,
      severity: given.length >= 5 ? 'critical' : 'warning',
      magnitude: given.length,
      title: `gave up ${counted(given.length, 'asynchronous request')}`,
      explanation: `At ${clock(seen.start)} Lambda gave up ${counted(given.length, 'asynchronous request')}${tooOld > 0 ? `, ${counted(tooOld, 'of them')} for its age` : ' after the last retry'}. What they asked for is not done; their events are in the failure destination.`,
      evidence: [
        {
          text: `${counted(given.length, 'asynchronous request')} went to the failure destination at ${clock(seen.start)}.`,
          metric: 'asynchronous requests given up',
          after: given.length,
          since: seen.start,
          ...(ids.length > 0 ? { requestIds: ids.slice(0, 3) } : {}),
        },
      ],
    };
  },
};
