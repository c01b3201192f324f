import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { Archive, ArchiveFilter } from './event-bus.ts';
import { compileEventPattern } from './event-pattern.ts';
import type { EventRouter } from './event-router.ts';
import type { BusEvent } from './events-peer.ts';

/** What CreateArchive takes. */
export interface ArchiveSettings {
  readonly ArchiveName: string;
  readonly EventSourceArn: string;
  readonly Description?: string;
  readonly EventPattern?: string;
  readonly RetentionDays?: number;
}

/** What StartReplay takes; times in epoch seconds. */
export interface ReplaySettings {
  readonly ReplayName: string;
  readonly EventSourceArn: string;
  readonly EventStartTime: number;
  readonly EventEndTime: number;
  readonly Destination: { readonly Arn: string; readonly FilterArns?: readonly string[] };
  readonly Description?: string;
}

export interface Replay extends ReplaySettings {
  readonly arn: string;
  readonly startedAt: number;
}

/** Archives of buses, and their replays. */
export class ArchiveBook {
  readonly replays = new Map<string, Replay>();
  readonly #context: ServiceContext;
  readonly #router: EventRouter;

  constructor(context: ServiceContext, router: EventRouter) {
    this.#context = context;
    this.#router = router;
  }

  create(settings: ArchiveSettings): Archive {
    const { archives } = this.#router;
    const name = settings.ArchiveName;
    if (archives.has(name)) throw new ApiError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
    const { region, accountId, clock } = this.#context;
    const archive = {
      name,
      arn: `arn:aws:events:${region}:${accountId}:archive/${name}`,
      sourceArn: this.#router.bus(settings.EventSourceArn).arn,
      createdAt: clock.now(),
      settings: archiveFilter(settings),
      events: [],
    };
    archives.set(name, archive);
    return archive;
  }

  /** Changes what is kept from now on, and for how long. */
  update(name: string, settings: Omit<ArchiveSettings, 'ArchiveName' | 'EventSourceArn'>): Archive {
    const archive = this.archive(name);
    archive.settings = archiveFilter(settings);
    return archive;
  }

  /** An archive without what its retention has ended (0 days: never). */
  archive(name: string): Archive {
    const archive = this.#router.archives.get(name);
    if (!archive) throw new ApiError('ResourceNotFoundException', `Archive ${name} does not exist.`);
    const before = this.#context.clock.now() - archive.settings.retentionDays * 86_400_000;
    const kept =
      archive.settings.retentionDays === 0 ? 0 : archive.events.findIndex(({ receivedAt }) => receivedAt >= before);
    archive.events.splice(0, kept < 0 ? archive.events.length : kept);
    return archive;
  }

  delete(name: string): void {
    this.archive(name);
    this.#router.archives.delete(name);
  }

  /** Sends archived events once more, with `replay-name`, to the rules named or to all of their bus. */
  replay(settings: ReplaySettings): Replay {
    const { ReplayName, EventSourceArn, EventStartTime, EventEndTime, Destination } = settings;
    if (this.replays.has(ReplayName))
      throw new ApiError('ResourceAlreadyExistsException', `Replay ${ReplayName} already exists.`);
    const archive = this.archive(EventSourceArn.replace(/^arn:[^/]+:archive\//, ''));
    if (archive.sourceArn !== Destination.Arn) {
      throw new ApiError('ValidationException', 'Cross event bus replay is not permitted.');
    }
    const due = archive.events.filter(
      ({ receivedAt }) => receivedAt >= EventStartTime * 1000 && receivedAt < EventEndTime * 1000,
    );
    const bus = this.#router.bus(archive.sourceArn);
    const rules = [...bus.rules.values()].filter(({ arn }) => Destination.FilterArns?.includes(arn) ?? true);
    for (const { event } of due) {
      const replayed: BusEvent & { 'replay-name': string } = { ...event, 'replay-name': ReplayName };
      this.#router.dispatch(
        rules.filter((rule) => rule.isEnabled && rule.matches?.(replayed)),
        replayed,
      );
    }
    const { region, accountId, clock } = this.#context;
    const replay = {
      ...settings,
      arn: `arn:aws:events:${region}:${accountId}:replay/${ReplayName}`,
      startedAt: clock.now(),
    };
    this.replays.set(ReplayName, replay);
    return replay;
  }
}

function archiveFilter(settings: Omit<ArchiveSettings, 'ArchiveName' | 'EventSourceArn'>): ArchiveFilter {
  const { EventPattern, Description, RetentionDays = 0 } = settings;
  return {
    ...(Description ? { description: Description } : {}),
    ...(EventPattern ? { eventPattern: EventPattern } : {}),
    retentionDays: RetentionDays,
    matches: EventPattern ? compileEventPattern(EventPattern) : () => true,
  };
}
