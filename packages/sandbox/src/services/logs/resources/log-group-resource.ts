import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { emitCreateLogGroup } from '../create-log-group-event.ts';
import type { LogGroupClass, LogGroupSettings } from '../log-group.ts';
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

/** `AWS::Logs::LogGroup`: Ref is its name, `Arn` ends in `:*`. An update keeps the events, unless the name changes. */
export function logGroupResource({ context, store }: LogsState): ResourceProvider {
  const create = (request: ResourceRequest): CreatedResource => {
    const { name, settings } = read(request);
    const group = store.createGroup(name, settings);
    emitCreateLogGroup(context, { logGroupName: name }, { invokedBy: 'cloudformation.amazonaws.com' });
    return { ref: name, attributes: { Arn: `${group.arn}:*` } };
  };
  return {
    create: async (request) => create(request),
    async update(created, request) {
      const { name, settings } = read(request);
      if (name !== created.ref) {
        const replacement = create(request);
        store.groups.delete(created.ref);
        return replacement;
      }
      const group = store.group(name);
      if ((settings.logGroupClass ?? 'STANDARD') !== group.logGroupClass) {
        throw new Error(`The class of the log group ${name} cannot be changed.`);
      }
      if (settings.retentionInDays) group.retentionInDays = settings.retentionInDays;
      else delete group.retentionInDays;
      group.isDeletionProtected = settings.isDeletionProtected ?? false;
      group.tags.clear();
      for (const [key, value] of Object.entries(settings.tags ?? {})) group.tags.set(key, value);
      return created;
    },
    async delete({ ref }) {
      store.groups.delete(ref);
    },
  };
}

function read(request: ResourceRequest): { name: string; settings: LogGroupSettings } {
  refuseUnknownProperties('AWS::Logs::LogGroup', request.properties, KNOWN);
  const properties: LogGroupProperties = request.properties;
  const retentionInDays = Number(properties.RetentionInDays ?? 0);
  if (retentionInDays > 0) assertRetention(retentionInDays);
  return {
    name: properties.LogGroupName ?? physicalName(request),
    settings: {
      retentionInDays,
      ...(properties.LogGroupClass ? { logGroupClass: properties.LogGroupClass } : {}),
      ...(properties.KmsKeyId ? { kmsKeyId: properties.KmsKeyId } : {}),
      tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      isDeletionProtected: String(properties.DeletionProtectionEnabled) === 'true',
    },
  };
}
