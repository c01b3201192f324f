import { ApiError, type ServiceContext } from '../../core/service.ts';
import { eventId } from './event-id.ts';
import { EventLog, type StoredEvent } from './event-log.ts';
import { type LogGroup, type LogGroupSettings, type LogStream, newLogGroup } from './log-group.ts';
import type { LogInput } from './logs-peer.ts';

const DAY_MS = 86_400_000;
/** What an event weighs beyond its message: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const EVENT_OVERHEAD_BYTES = 26;

/** Log groups, their streams and events. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  readonly #context: ServiceContext;
  #arrivals = 0;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  createGroup(name: string, settings: LogGroupSettings = {}): LogGroup {
    if (this.groups.has(name)) {
      throw new ApiError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const { region, accountId, clock } = this.#context;
    const group = newLogGroup(name, `arn:aws:logs:${region}:${accountId}:log-group:${name}`, clock.now(), settings);
    this.groups.set(name, group);
    return group;
  }

  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw new ApiError('ResourceNotFoundException', 'The specified log group does not exist.');
    this.#expire(group);
    return group;
  }

  createStream(group: LogGroup, name: string): LogStream {
    if (group.streams.has(name)) {
      throw new ApiError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    const stream = { name, createdAt: this.#context.clock.now(), events: new EventLog() };
    group.streams.set(name, stream);
    return stream;
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) throw new ApiError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  append(group: LogGroup, stream: LogStream, inputs: readonly LogInput[]): readonly StoredEvent[] {
    const ingestionTime = this.#context.clock.now();
    const events = inputs.map(({ id, timestamp, message }) => {
      const arrival = this.#arrivals++;
      return {
        id: id ?? eventId(timestamp, arrival),
        timestamp,
        message,
        ingestionTime,
        logStream: stream.name,
        arrival,
      };
    });
    stream.events.append(events);
    group.events.append(events);
    stream.lastIngestionTime = ingestionTime;
    group.storedBytes += batchBytes(events);
    return events;
  }

  /** Retention counts from the event's own time. AWS deletes within 72 hours of it; here an expired event is never seen again. */
  #expire(group: LogGroup): void {
    if (group.retentionInDays === undefined) return;
    const before = this.#context.clock.now() - group.retentionInDays * DAY_MS;
    group.events.expire(before);
    for (const stream of group.streams.values()) stream.events.expire(before);
  }
}

/** Size of events as PutLogEvents and `IncomingBytes` count it. */
export function batchBytes(events: readonly { readonly message: string }[]): number {
  return events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES, 0);
}
