import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import { emitCreateLogGroup } from '../create-log-group-event.ts';
import type { LogGroupClass } from '../log-group.ts';
import type { LogsState } from '../logs-state.ts';
import { assertRetention } from '../operations/retention-operations.ts';

interface LogGroupProperties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number | string;
  readonly LogGroupClass?: LogGroupClass;
  readonly KmsKeyId?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly DeletionProtectionEnabled?: boolean | string;
}

const KNOWN = ['LogGroupName', 'RetentionInDays', 'LogGroupClass', 'KmsKeyId', 'Tags', 'DeletionProtectionEnabled'];

export function logGroupResource({ context, store }: LogsState): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::Logs::LogGroup', request.properties, KNOWN);
      const properties: LogGroupProperties = request.properties;
      const name = properties.LogGroupName ?? physicalName(request);
      const retentionInDays = Number(properties.RetentionInDays ?? 0);
      if (retentionInDays > 0) assertRetention(retentionInDays);
      const group = store.createGroup(name, {
        retentionInDays,
        ...(properties.LogGroupClass ? { logGroupClass: properties.LogGroupClass } : {}),
        ...(properties.KmsKeyId ? { kmsKeyId: properties.KmsKeyId } : {}),
        tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        isDeletionProtected: String(properties.DeletionProtectionEnabled) === 'true',
      });
      emitCreateLogGroup(context, { logGroupName: name }, { invokedBy: 'cloudformation.amazonaws.com' });
      return { ref: name, attributes: { Arn: `${group.arn}:*` } };
    },
    async delete({ ref }) {
      store.groups.delete(ref);
    },
  };
}
