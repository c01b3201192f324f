import type { Obstacle, Playbook } from '../playbook.ts';
import type { MappingSettings } from '../remedy-context.ts';
import { MAPPING_PERMISSIONS, mappingMeant, mappingProposal, nameOf, QUEUE, STREAM } from './mapping-change.ts';

const MOST_PARALLEL = 10;

/** More batches of a shard at once where a stream's reader falls behind. */
export const mappingParallelisation: Playbook = {
  name: 'mapping-parallelisation',
  answers: ['iterator-age'],
  risk: 'low',
  permissions: MAPPING_PERMISSIONS,
  verifies: 'iterator-age-ms',
  propose: ({ finding, function: settings }) => {
    const mapping = mappingMeant(finding, settings, STREAM);
    const now = mapping?.parallelizationFactor ?? 1;
    if (settings === undefined || mapping === undefined || now >= MOST_PARALLEL) return undefined;
    const parallelizationFactor = Math.min(MOST_PARALLEL, now * 2);
    return mappingProposal(
      settings,
      mapping,
      { parallelizationFactor },
      {
        title: `Let ${settings.functionName} read ${parallelizationFactor} batches of a shard at once instead of ${now}`,
        undo: `The parallelisation is set back to ${now}.`,
      },
    );
  },
};

/** Tries after which a record counts as bad. */
const TRIES = 5;

/**
 * One bad record no longer holds up its batch. It is given up only where it goes to a destination: Lambda discards it otherwise
 * (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
 */
export const mappingBisect: Playbook = {
  name: 'mapping-bisect',
  answers: ['poison-message'],
  risk: 'low',
  permissions: MAPPING_PERMISSIONS,
  verifies: 'failure-share',
  propose: ({ finding, function: settings }) => {
    const mapping = mappingMeant(finding, settings, STREAM);
    if (settings === undefined || mapping === undefined) return undefined;
    const { bisectBatchOnFunctionError: isSplit = false, maximumRetryAttempts: retries = -1 } = mapping;
    const isGivenUpSoon = retries >= 0 && retries <= TRIES;
    if (isSplit && isGivenUpSoon) return undefined;
    const isKept = mapping.failureDestination !== undefined;
    const givesUp = !isGivenUpSoon && (isKept || isSplit);
    const made = mappingProposal(
      settings,
      mapping,
      { bisectBatchOnFunctionError: true, ...(givesUp && { maximumRetryAttempts: TRIES }) },
      {
        title: `Let ${settings.functionName} ${givesUp ? `split failing batches, and set a record aside after ${TRIES} tries` : 'split failing batches'}`,
        undo: `Splitting${givesUp ? ' and retries are' : ' is'} set back to ${String(isSplit)}${givesUp ? ` and ${retries}` : ''}.`,
      },
    );
    return givesUp && !isKept ? { ...made, obstacle: wouldBeLost(mapping) } : made;
  },
};

const wouldBeLost = ({ sourceArn }: MappingSettings): Obstacle => ({
  reason: `Batches are split already, and what is given up of ${nameOf(sourceArn)} would be discarded: the mapping has no destination for it.`,
  lift: 'Give the mapping an onFailure destination; then a record that fails each time is set aside.',
});

const PAUSE_MINUTES = 30;
/** What waits when the pause begins has waited already: half of what the source keeps has to be left. */
const LEAST_RETENTION_S = 2 * PAUSE_MINUTES * 60;

/** Stops reading for a while: what waits in the source is not lost, and what stands behind the function can recover. Refused where the source would not keep it. */
export const mappingPause: Playbook = {
  name: 'mapping-pause',
  answers: ['retry-storm', 'recursive-loop'],
  risk: 'high',
  permissions: MAPPING_PERMISSIONS,
  verifies: 'none',
  propose: ({ finding, function: settings }) => {
    const mapping = mappingMeant(finding, settings, /:(kinesis|dynamodb|sqs):/);
    if (settings === undefined || mapping === undefined) return undefined;
    const made = mappingProposal(
      settings,
      mapping,
      { enabled: false },
      {
        title: `Pause the reading of ${nameOf(mapping.sourceArn)} by ${settings.functionName}`,
        undo: 'The reading is switched on again, where it stopped.',
      },
    );
    const obstacle = wouldNotBeKept(mapping);
    return { ...made, untilMinutes: PAUSE_MINUTES, ...(obstacle && { obstacle }) };
  },
};

/** A stream keeps its records for a day at least. */
function wouldNotBeKept({ sourceArn, retentionS }: MappingSettings): Obstacle | undefined {
  if (!QUEUE.test(sourceArn) || (retentionS !== undefined && retentionS >= LEAST_RETENTION_S)) return undefined;
  const name = nameOf(sourceArn);
  return {
    reason:
      retentionS === undefined
        ? `How long ${name} keeps its messages cannot be read: some may be gone before it is read again.`
        : `${name} keeps its messages for ${retentionS} s: in a pause of ${PAUSE_MINUTES} minutes some would be gone.`,
    lift: `Let ${name} keep its messages for ${LEAST_RETENTION_S} s or more.`,
  };
}
