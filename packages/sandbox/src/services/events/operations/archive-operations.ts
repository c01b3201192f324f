import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { ArchiveSettings, ReplaySettings } from '../archive-book.ts';
import type { Archive } from '../event-bus.ts';
import { type EventsState, onResource } from '../events-state.ts';
import { type ListRequest, listing } from './listing.ts';

interface ArchiveReference {
  readonly ArchiveName: string;
}

/** CreateArchive, DescribeArchive, ListArchives, UpdateArchive, DeleteArchive, StartReplay, DescribeReplay. */
export function archiveOperations(state: EventsState): Record<string, JsonOperation> {
  const { archives, router } = state;
  const onArchive = (action: string) => (input: ArchiveReference) =>
    onResource(state, action, `archive/${input.ArchiveName}`);
  return {
    CreateArchive: {
      permissions: onArchive('CreateArchive'),
      handle: (input: ArchiveSettings) => summary(archives.create(input)),
    },
    DescribeArchive: {
      permissions: onArchive('DescribeArchive'),
      handle: (input: ArchiveReference) => describe(archives.archive(input.ArchiveName)),
    },
    ListArchives: {
      permissions: () => onResource(state, 'ListArchives', 'archive/*'),
      handle(input: ListRequest) {
        const found = [...router.archives.keys()].filter((name) => name.startsWith(input.NamePrefix ?? ''));
        return listing(
          'Archives',
          found.map((name) => describe(archives.archive(name))),
          input,
        );
      },
    },
    UpdateArchive: {
      permissions: onArchive('UpdateArchive'),
      handle: (input: ArchiveSettings) => summary(archives.update(input.ArchiveName, input)),
    },
    DeleteArchive: {
      permissions: onArchive('DeleteArchive'),
      handle: (input: ArchiveReference) => archives.delete(input.ArchiveName),
    },
    StartReplay: {
      permissions: (input: ReplaySettings) => onResource(state, 'StartReplay', `replay/${input.ReplayName}`),
      handle(input: ReplaySettings) {
        const { arn, startedAt } = archives.replay(input);
        return { ReplayArn: arn, State: 'STARTING', ReplayStartTime: startedAt / 1000 };
      },
    },
    DescribeReplay: {
      permissions: (input: ReplaySettings) => onResource(state, 'DescribeReplay', `replay/${input.ReplayName}`),
      handle({ ReplayName }: { ReplayName: string }) {
        const replay = archives.replays.get(ReplayName);
        if (!replay) throw new ApiError('ResourceNotFoundException', `Replay ${ReplayName} does not exist.`);
        const { arn: ReplayArn, startedAt, ...settings } = replay;
        return {
          ...settings,
          ReplayArn,
          State: 'COMPLETED',
          ReplayStartTime: startedAt / 1000,
          ReplayEndTime: startedAt / 1000,
        };
      },
    },
  };
}

function summary({ arn, createdAt }: Archive): Record<string, unknown> {
  return { ArchiveArn: arn, State: 'ENABLED', CreationTime: createdAt / 1000 };
}

function describe(archive: Archive): Record<string, unknown> {
  const { description, eventPattern, retentionDays } = archive.settings;
  const sizes = archive.events.map(({ event }) => Buffer.byteLength(JSON.stringify(event)));
  return {
    ...summary(archive),
    ArchiveName: archive.name,
    EventSourceArn: archive.sourceArn,
    ...(description ? { Description: description } : {}),
    ...(eventPattern ? { EventPattern: eventPattern } : {}),
    RetentionDays: retentionDays,
    EventCount: archive.events.length,
    SizeBytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}
