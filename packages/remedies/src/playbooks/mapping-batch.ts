import type { Playbook } from '../playbook.ts';
import type { RemedyContext } from '../remedy-context.ts';
import { MAPPING_PERMISSIONS, mappingMeant, mappingProposal, STREAM } from './mapping-change.ts';

/** Of a stream: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const LARGEST = 10_000;
const MOST_TIMES = 4;
/** Of the timeout, what a batch may take when its duration grows with it: a batch that is stopped comes again whole. */
const MOST_OF_TIMEOUT = 0.5;

/**
 * More records at once, where a stream's reader falls behind with small batches that are done soon: what each call costs by itself is spent less often.
 * A queue's reader has no such limit: Lambda runs more of it at once by itself.
 */
export const mappingBatch: Playbook = {
  name: 'mapping-batch',
  answers: ['iterator-age'],
  risk: 'medium',
  permissions: MAPPING_PERMISSIONS,
  verifies: 'iterator-age-ms',
  propose: (context) => {
    const { finding, function: settings, traffic } = context;
    const mapping = mappingMeant(finding, settings, STREAM);
    if (settings === undefined || mapping === undefined) return undefined;
    const { batchSize: now } = mapping;
    const batchSize = Math.min(LARGEST, now * timesRoom(settings, traffic));
    if (batchSize <= now) return undefined;
    return mappingProposal(
      settings,
      mapping,
      { batchSize },
      {
        title: `Let ${settings.functionName} read ${batchSize} records at once instead of ${now}`,
        reason: `It falls behind, and of the calls that met a running environment, 95 % are done in ${Math.round(traffic.p95Ms)} ms of the ${settings.timeoutS} s that they have.`,
        undo: `The batch size is set back to ${now}.`,
      },
    );
  },
};

/** How many times as long a call may take; 0 where nothing is known of it. */
const timesRoom = ({ timeoutS }: RemedyContext['function'] & {}, { p95Ms }: RemedyContext['traffic']): number =>
  p95Ms > 0 ? Math.min(MOST_TIMES, Math.floor((timeoutS * 1000 * MOST_OF_TIMEOUT) / p95Ms)) : 0;
