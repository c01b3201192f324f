import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { Input } from './dynalite.ts';
import type { Table } from './table.ts';
import { onTable } from './table-names.ts';
import type { TableStore } from './table-store.ts';
import { existingTable } from './tables/existing-table.ts';
import { isTrue } from './tables/template-boolean.ts';
import type { TimeToLive } from './time-to-live.ts';

/** Days that point-in-time recovery reaches back unless said otherwise (API_PointInTimeRecoverySpecification). */
const RECOVERY_DAYS = 35;

/** Tags, time to live and continuous backups of a table. */
export function settingOperations(
  store: TableStore,
  context: ServiceContext,
  timeToLive: TimeToLive,
): Record<string, JsonOperation> {
  const on = (operation: string, member: string) => (input: Input) => [onTable(context, operation, input[member])];
  return {
    TagResource: {
      permissions: on('TagResource', 'ResourceArn'),
      handle: (input: Input) => {
        const { tags } = existingTable(store, input.ResourceArn);
        for (const { Key, Value } of (input.Tags ?? []) as { Key: string; Value: string }[]) tags.set(Key, Value);
      },
    },
    UntagResource: {
      permissions: on('UntagResource', 'ResourceArn'),
      handle: (input: Input) => {
        const { tags } = existingTable(store, input.ResourceArn);
        for (const key of (input.TagKeys ?? []) as string[]) tags.delete(key);
      },
    },
    ListTagsOfResource: {
      permissions: on('ListTagsOfResource', 'ResourceArn'),
      handle: (input: Input) => ({
        Tags: [...existingTable(store, input.ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
      }),
    },
    UpdateTimeToLive: {
      permissions: on('UpdateTimeToLive', 'TableName'),
      handle: (input: Input) => {
        const specification = input.TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
        timeToLive.update(existingTable(store, input.TableName), specification);
        return { TimeToLiveSpecification: specification };
      },
    },
    DescribeTimeToLive: {
      permissions: on('DescribeTimeToLive', 'TableName'),
      handle: (input: Input) => {
        const { timeToLiveAttribute: AttributeName } = existingTable(store, input.TableName);
        return {
          TimeToLiveDescription: AttributeName
            ? { TimeToLiveStatus: 'ENABLED', AttributeName }
            : { TimeToLiveStatus: 'DISABLED' },
        };
      },
    },
    DescribeContinuousBackups: {
      permissions: on('DescribeContinuousBackups', 'TableName'),
      handle: (input: Input) => describeBackups(existingTable(store, input.TableName), context.clock.now()),
    },
    UpdateContinuousBackups: {
      permissions: on('UpdateContinuousBackups', 'TableName'),
      handle: (input: Input) => {
        const table = existingTable(store, input.TableName);
        setRecovery(table, input.PointInTimeRecoverySpecification, context.clock.now());
        return describeBackups(table, context.clock.now());
      },
    },
  };
}

/** Records the setting. Nothing can be restored here: RestoreTableToPointInTime is an unknown operation of the sandbox. */
export function setRecovery(table: Table, specification: unknown, now: number): void {
  const wanted = specification as { PointInTimeRecoveryEnabled?: unknown; RecoveryPeriodInDays?: number } | undefined;
  if (wanted?.PointInTimeRecoveryEnabled === undefined) {
    throw new ApiError('ValidationException', 'PointInTimeRecoveryEnabled must not be null');
  }
  if (!isTrue(wanted.PointInTimeRecoveryEnabled)) delete table.pointInTimeRecovery;
  else {
    const enabledAt = table.pointInTimeRecovery?.enabledAt ?? now;
    table.pointInTimeRecovery = {
      enabledAt,
      recoveryPeriodInDays: Number(wanted.RecoveryPeriodInDays ?? RECOVERY_DAYS),
    };
  }
}

function describeBackups(table: Table, now: number) {
  const recovery = table.pointInTimeRecovery;
  const earliest = recovery && Math.max(recovery.enabledAt, now - recovery.recoveryPeriodInDays * 86_400_000);
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: recovery
        ? {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: recovery.recoveryPeriodInDays,
            EarliestRestorableDateTime: Number(earliest) / 1000,
            LatestRestorableDateTime: now / 1000,
          }
        : { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  };
}
