import type { Playbook } from '../playbook.ts';
import { holdsConnections } from './blamed-dependency.ts';
import { MAPPING_PERMISSIONS, mappingMeant, mappingProposal, QUEUE } from './mapping-change.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const [LEAST, MOST] = [2, 1_000];
const MARGIN = 1.5;

/**
 * Caps how much of a queue is read at once, where its reader floods what stands behind it. Nobody is refused by it, as by a reservation: what is not read yet waits
 * in the queue. Only of a function that nothing but the queue calls, or the flood may come from elsewhere.
 */
export const mappingConcurrency: Playbook = {
  name: 'mapping-concurrency',
  answers: ['connection-pressure', 'retry-storm'],
  risk: 'medium',
  permissions: MAPPING_PERMISSIONS,
  verifies: 'failure-share',
  propose: ({ finding, function: settings, traffic: { peakConcurrency: peak }, normal, api }) => {
    const mapping = mappingMeant(finding, settings, QUEUE);
    if (settings === undefined || mapping === undefined || holdsConnections(finding)) return undefined;
    if (api !== undefined || settings.mappings.filter(({ enabled }) => enabled).length > 1) return undefined;
    const usual = normal?.peakConcurrency;
    const wanted = usual === undefined ? Math.ceil(peak / 2) : Math.ceil(usual * MARGIN);
    const maximumConcurrency = Math.min(MOST, Math.max(LEAST, wanted));
    const { maximumConcurrency: now } = mapping;
    if (maximumConcurrency >= peak || (now !== undefined && maximumConcurrency >= now)) return undefined;
    return mappingProposal(
      settings,
      mapping,
      { maximumConcurrency },
      {
        title: `Let at most ${maximumConcurrency} environments of ${settings.functionName} read its queue at once`,
        reason: `It ran in up to ${peak} at once${usual === undefined ? '' : `, usually in ${usual}`}; what is not read yet waits in the queue.`,
        undo: now === undefined ? 'The limit is taken away.' : `The limit is set back to ${now}.`,
      },
    );
  },
};
