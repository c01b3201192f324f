import {
  GetEventSourceMappingCommand,
  type LambdaClient,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

type MappingChange = Extract<Change, { kind: 'event-source-mapping' }>;

const FIELDS = [
  'batchSize',
  'parallelizationFactor',
  'maximumConcurrency',
  'bisectBatchOnFunctionError',
  'maximumRetryAttempts',
  'enabled',
] as const;

/** Settings of a mapping. Only what the change names is read, and so only that is written back. */
export const eventSourceMapping = (client: LambdaClient): ChangeHands<MappingChange> =>
  fieldByField(mappingHands(client), { fields: FIELDS });

function mappingHands(client: LambdaClient): FieldHands<MappingChange> {
  return {
    async read(change) {
      const now = await client.send(new GetEventSourceMappingCommand({ UUID: change.uuid }));
      const { kind, uuid, functionName } = change;
      return {
        kind,
        uuid,
        functionName,
        ...(change.batchSize !== undefined && { batchSize: now.BatchSize! }),
        ...(change.parallelizationFactor !== undefined && { parallelizationFactor: now.ParallelizationFactor ?? 1 }),
        ...(change.maximumConcurrency !== undefined && {
          maximumConcurrency: now.ScalingConfig?.MaximumConcurrency ?? null,
        }),
        ...(change.bisectBatchOnFunctionError !== undefined && {
          bisectBatchOnFunctionError: now.BisectBatchOnFunctionError ?? false,
        }),
        ...(change.maximumRetryAttempts !== undefined && { maximumRetryAttempts: now.MaximumRetryAttempts ?? -1 }),
        ...(change.enabled !== undefined && { enabled: !['Disabled', 'Disabling'].includes(now.State ?? '') }),
      };
    },
    async write({
      uuid,
      batchSize,
      parallelizationFactor,
      maximumConcurrency,
      bisectBatchOnFunctionError,
      maximumRetryAttempts,
      enabled,
    }) {
      await client.send(
        new UpdateEventSourceMappingCommand({
          UUID: uuid,
          ...(batchSize !== undefined && { BatchSize: batchSize }),
          ...(parallelizationFactor !== undefined && { ParallelizationFactor: parallelizationFactor }),
          // An empty one takes the limit away.
          ...(maximumConcurrency !== undefined && {
            ScalingConfig: maximumConcurrency === null ? {} : { MaximumConcurrency: maximumConcurrency },
          }),
          ...(bisectBatchOnFunctionError !== undefined && { BisectBatchOnFunctionError: bisectBatchOnFunctionError }),
          ...(maximumRetryAttempts !== undefined && { MaximumRetryAttempts: maximumRetryAttempts }),
          ...(enabled !== undefined && { Enabled: enabled }),
        }),
      );
    },
  };
}
