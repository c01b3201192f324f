import type { Playbook, Proposal } from '../playbook.ts';
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

/** One bad record no longer holds up its batch. */
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
    const retries = mapping.maximumRetryAttempts ?? -1;
    if (mapping.bisectBatchOnFunctionError && retries >= 0 && retries <= 5) return undefined;
    return proposal(
      settings,
      mapping,
      { bisectBatchOnFunctionError: true, maximumRetryAttempts: 5 },
      {
        title: `Let ${settings.functionName} split failing batches, and set a record aside after five tries`,
        undo: `Splitting and retries are set back to ${String(mapping.bisectBatchOnFunctionError ?? false)} and ${retries}.`,
      },
    );
  },
};

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
