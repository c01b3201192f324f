import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type Caller } from '../../../core/service.ts';
import { emitCreateLogGroup } from '../create-log-group-event.ts';
import { refuseMembers } from '../emulated-input.ts';
import type { LogGroup, LogGroupClass } from '../log-group.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import type { LogsState } from '../logs-state.ts';
import { listingPage, type PageRequest } from '../page.ts';

interface CreateLogGroup {
  readonly logGroupName: string;
  readonly kmsKeyId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly logGroupClass?: LogGroupClass;
  readonly deletionProtectionEnabled?: boolean;
}

interface DescribeLogGroups extends PageRequest {
  readonly logGroupNamePrefix?: string;
  readonly logGroupNamePattern?: string;
  readonly logGroupClass?: LogGroupClass;
  readonly logGroupIdentifiers?: readonly string[];
}

const NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/** CreateLogGroup, DeleteLogGroup, DescribeLogGroups, PutLogGroupDeletionProtection. */
export function groupOperations({ context, store, resources }: LogsState): Record<string, JsonOperation> {
  return {
    CreateLogGroup: {
      permissions: (input: CreateLogGroup) => resources.onGroup('CreateLogGroup', input),
      handle(input: CreateLogGroup, caller: Caller) {
        if (!NAME.test(input.logGroupName)) {
          throw new ApiError(
            'InvalidParameterException',
            `1 validation error detected: Value '${input.logGroupName}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
          );
        }
        const { logGroupClass, kmsKeyId, tags, deletionProtectionEnabled: isDeletionProtected } = input;
        store.createGroup(input.logGroupName, {
          ...(logGroupClass ? { logGroupClass } : {}),
          ...(kmsKeyId ? { kmsKeyId } : {}),
          ...(tags ? { tags } : {}),
          ...(isDeletionProtected ? { isDeletionProtected } : {}),
        });
        emitCreateLogGroup(context, { ...input }, { caller });
      },
    },
    DeleteLogGroup: {
      permissions: (input: GroupReference) => resources.onGroup('DeleteLogGroup', input),
      handle(input: GroupReference) {
        const group = store.group(groupName(input));
        if (group.isDeletionProtected) {
          throw new ApiError('ValidationException', `Log group ${group.name} is protected against deletion.`);
        }
        store.groups.delete(group.name);
      },
    },
    DescribeLogGroups: {
      permissions: () => resources.onAllGroups('DescribeLogGroups'),
      handle(input: DescribeLogGroups) {
        refuseMembers('DescribeLogGroups', input, ['includeLinkedAccounts', 'accountIdentifiers']);
        const names = [...store.groups.keys()].filter((name) => isAskedFor(store.group(name), input)).sort();
        const described = names.map((name) => describeGroup(store.group(name)));
        return listingPage('logGroups', described, input);
      },
    },
    PutLogGroupDeletionProtection: {
      permissions: (input: GroupReference) => resources.onGroup('PutLogGroupDeletionProtection', input),
      handle(input: GroupReference & { deletionProtectionEnabled: boolean }) {
        store.group(groupName(input)).isDeletionProtected = input.deletionProtectionEnabled;
      },
    },
  };
}

function isAskedFor(group: LogGroup, input: DescribeLogGroups): boolean {
  if (input.logGroupNamePrefix && input.logGroupNamePattern) {
    throw new ApiError(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const asked = input.logGroupIdentifiers?.map((logGroupIdentifier) => groupName({ logGroupIdentifier }));
  return (
    group.name.startsWith(input.logGroupNamePrefix ?? '') &&
    group.name.toLowerCase().includes((input.logGroupNamePattern ?? '').toLowerCase()) &&
    (input.logGroupClass ?? group.logGroupClass) === group.logGroupClass &&
    (asked?.includes(group.name) ?? true)
  );
}

function describeGroup(group: LogGroup): Record<string, unknown> {
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
    ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
    metricFilterCount: group.metricFilters.size,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    storedBytes: group.storedBytes,
    logGroupClass: group.logGroupClass,
    deletionProtectionEnabled: group.isDeletionProtected,
  };
}
