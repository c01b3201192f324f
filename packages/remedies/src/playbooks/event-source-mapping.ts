import type { Obstacle, Playbook, Proposal } from '../playbook.ts';
import type { FunctionSettings, MappingSettings } from '../remedy-context.ts';

const PERMISSIONS = ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'];
const MOST_PARALLEL = 10;

/** More batches of a shard at once where a stream's reader falls behind. */
export const mappingParallelisation: Playbook = {
  name: 'mapping-parallelisation',
  answers: ['iterator-age'],
  risk: 'low',
  permissions: PERMISSIONS,
  verifies: 'none',
  propose: ({ function: settings }) => {
    const mapping = settings?.mappings.find(
      ({ sourceArn, enabled }) => enabled && /:(kinesis|dynamodb):/.test(sourceArn),
    );
    const now = mapping?.parallelizationFactor ?? 1;
    if (settings === undefined || mapping === undefined || now >= MOST_PARALLEL) return undefined;
    const parallelizationFactor = Math.min(MOST_PARALLEL, now * 2);
    return proposal(
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
  permissions: PERMISSIONS,
  verifies: 'failure-share',
  propose: ({ function: settings }) => {
    const mapping = settings?.mappings.find(
      ({ sourceArn, enabled }) => enabled && /:(kinesis|dynamodb):/.test(sourceArn),
    );
    if (settings === undefined || mapping === undefined) return undefined;
    const { bisectBatchOnFunctionError: isSplit = false, maximumRetryAttempts: retries = -1 } = mapping;
    const isGivenUpSoon = retries >= 0 && retries <= TRIES;
    if (isSplit && isGivenUpSoon) return undefined;
    const isKept = mapping.failureDestination !== undefined;
    const givesUp = !isGivenUpSoon && (isKept || isSplit);
    const made = proposal(
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
  reason: `Batches are split already, and what is given up of ${sourceArn.split(':').at(-1)} would be discarded: the mapping has no destination for it.`,
  lift: 'Give the mapping an onFailure destination; then a record that fails each time is set aside.',
});

/** Stops reading: what waits in the source is not lost, and what stands behind the function can recover. */
export const mappingPause: Playbook = {
  name: 'mapping-pause',
  answers: ['retry-storm', 'recursive-loop'],
  risk: 'high',
  permissions: PERMISSIONS,
  verifies: 'none',
  propose: ({ function: settings }) => {
    const mapping = settings?.mappings.find(({ enabled }) => enabled);
    if (settings === undefined || mapping === undefined) return undefined;
    const made = proposal(
      settings,
      mapping,
      { enabled: false },
      {
        title: `Pause the reading of ${mapping.sourceArn.split(':').at(-1)} by ${settings.functionName}`,
        undo: 'The reading is switched on again, where it stopped.',
      },
    );
    return { ...made, untilMinutes: 30 };
  },
};

type Settings = Partial<
  Pick<MappingSettings, 'parallelizationFactor' | 'bisectBatchOnFunctionError' | 'maximumRetryAttempts' | 'enabled'>
>;

function proposal(
  { functionName }: FunctionSettings,
  { uuid, sourceArn }: MappingSettings,
  settings: Settings,
  words: Pick<Proposal, 'title' | 'undo'>,
): Proposal {
  return {
    change: { kind: 'event-source-mapping', uuid, functionName, ...settings },
    reason: `It reads ${sourceArn.split(':').at(-1)}.`,
    costPerHourUsd: 0,
    ...words,
  };
}
