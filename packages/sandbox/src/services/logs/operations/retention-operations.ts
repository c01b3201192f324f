import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import type { LogsState } from '../logs-state.ts';

/** Days that AWS takes: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const ALLOWED_DAYS = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** Throws `InvalidParameterException` for a number of days that AWS does not offer. */
export function assertRetention(days: number): void {
  if (ALLOWED_DAYS.has(days)) return;
  throw new ApiError(
    'InvalidParameterException',
    `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${[...ALLOWED_DAYS].join(', ')}]`,
  );
}

/** PutRetentionPolicy and DeleteRetentionPolicy. */
export function retentionOperations({ store, resources }: LogsState): Record<string, JsonOperation> {
  return {
    PutRetentionPolicy: {
      permissions: (input: GroupReference) => resources.onGroup('PutRetentionPolicy', input),
      handle(input: GroupReference & { retentionInDays: number }) {
        assertRetention(input.retentionInDays);
        store.group(groupName(input)).retentionInDays = input.retentionInDays;
      },
    },
    DeleteRetentionPolicy: {
      permissions: (input: GroupReference) => resources.onGroup('DeleteRetentionPolicy', input),
      handle(input: GroupReference) {
        delete store.group(groupName(input)).retentionInDays;
      },
    },
  };
}
