import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { EventsState } from '../events-state.ts';

interface ArchiveProperties {
  readonly ArchiveName?: string;
  readonly SourceArn: string;
  readonly Description?: string;
  readonly EventPattern?: object | string;
  readonly RetentionDays?: number | string;
}

const KNOWN = ['ArchiveName', 'SourceArn', 'Description', 'EventPattern', 'RetentionDays'];

/** `AWS::Events::Archive`: Ref is its name. */
export function archiveResource({ archives }: EventsState): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::Events::Archive', request.properties, KNOWN);
      const properties = request.properties as unknown as ArchiveProperties;
      const { EventPattern, Description, RetentionDays } = properties;
      const archive = archives.create({
        ArchiveName: properties.ArchiveName ?? physicalName(request, 48),
        EventSourceArn: properties.SourceArn,
        ...(Description ? { Description } : {}),
        ...(EventPattern
          ? { EventPattern: typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern) }
          : {}),
        ...(RetentionDays === undefined ? {} : { RetentionDays: Number(RetentionDays) }),
      });
      return { ref: archive.name, attributes: { Arn: archive.arn, ArchiveName: archive.name } };
    },
    async delete({ ref }) {
      archives.delete(ref);
    },
  };
}
