import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import type { ArchiveSettings } from '../archive-book.ts';
import type { Archive } from '../event-bus.ts';
import type { EventsState } from '../events-state.ts';

interface ArchiveProperties {
  readonly ArchiveName?: string;
  readonly SourceArn: string;
  readonly Description?: string;
  readonly EventPattern?: object | string;
  readonly RetentionDays?: number | string;
}

const KNOWN = ['ArchiveName', 'SourceArn', 'Description', 'EventPattern', 'RetentionDays'];

/** `AWS::Events::Archive`: Ref is its name. An update keeps the events, unless the name changes. */
export function archiveResource({ archives }: EventsState): ResourceProvider {
  return {
    create: async (request) => created(archives.create(read(request))),
    async update({ ref }, request) {
      const settings = read(request);
      if (settings.ArchiveName === ref) return created(archives.update(ref, settings));
      const replacement = created(archives.create(settings));
      archives.delete(ref);
      return replacement;
    },
    async delete({ ref }) {
      archives.delete(ref);
    },
  };
}

function created({ name, arn }: Archive): CreatedResource {
  return { ref: name, attributes: { Arn: arn, ArchiveName: name } };
}

function read(request: ResourceRequest): ArchiveSettings {
  refuseUnknownProperties('AWS::Events::Archive', request.properties, KNOWN);
  const properties = request.properties as unknown as ArchiveProperties;
  const { EventPattern, Description, RetentionDays } = properties;
  return {
    ArchiveName: properties.ArchiveName ?? physicalName(request, 48),
    EventSourceArn: properties.SourceArn,
    ...(Description ? { Description } : {}),
    ...(EventPattern
      ? { EventPattern: typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern) }
      : {}),
    ...(RetentionDays === undefined ? {} : { RetentionDays: Number(RetentionDays) }),
  };
}
