import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { type EventPosition, START, type StoredEvent } from '../event-log.ts';
import { compileFilterPattern } from '../filter-pattern/filter-pattern.ts';
import type { LogGroup } from '../log-group.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import { EVENT_OVERHEAD_BYTES } from '../log-store.ts';
import type { LogsState } from '../logs-state.ts';
import { eventLimit, MAX_PAGE_BYTES } from './page-limits.ts';

interface FilterLogEvents extends GroupReference {
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly filterPattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
  /** Without effect, as on AWS since 2019: events of several streams are always interleaved. */
  readonly interleaved?: boolean;
}

export function filterLogEvents({ store, resources }: LogsState): JsonOperation {
  return {
    permissions: (input: FilterLogEvents) => resources.onGroup('FilterLogEvents', input),
    handle(input: FilterLogEvents) {
      const group = store.group(groupName(input));
      const isAskedFor = streamFilter(group, input);
      const pattern = compileFilterPattern(input.filterPattern ?? '');
      const from = input.nextToken === undefined ? startOf(input) : parseToken(input.nextToken);
      const page = scan(group, from, input, (event) => isAskedFor(event.logStream) && pattern.matches(event.message));
      return {
        events: page.events.map(render),
        searchedLogStreams: [],
        ...(page.last ? { nextToken: renderToken(page.last) } : {}),
      };
    },
  };
}

/** Reads on from a position until the page is full; `last` is set where more may follow. */
function scan(
  group: LogGroup,
  from: EventPosition,
  input: FilterLogEvents,
  isWanted: (event: StoredEvent) => boolean,
): { events: readonly StoredEvent[]; last?: StoredEvent } {
  const limit = eventLimit(input.limit);
  const { endTime = Number.POSITIVE_INFINITY } = input;
  const all = group.events.sorted();
  const events: StoredEvent[] = [];
  let bytes = 0;
  for (let index = group.events.indexAfter(from); index < all.length; index++) {
    const event = all[index] as StoredEvent;
    if (event.timestamp > endTime) break;
    if (!isWanted(event)) continue;
    const size = Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
    const last = events.at(-1);
    if (last && (events.length === limit || bytes + size > MAX_PAGE_BYTES)) return { events, last };
    events.push(event);
    bytes += size;
  }
  return { events };
}

function streamFilter(group: LogGroup, input: FilterLogEvents): (logStream: string) => boolean {
  const { logStreamNames, logStreamNamePrefix: prefix } = input;
  if (logStreamNames?.length && prefix) {
    throw new ApiError('InvalidParameterException', 'Specify logStreamNames or logStreamNamePrefix, not both.');
  }
  if (prefix) return (logStream) => logStream.startsWith(prefix);
  if (!logStreamNames?.length) return () => true;
  if (!logStreamNames.some((name) => group.streams.has(name))) {
    throw new ApiError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const names = new Set(logStreamNames);
  return (logStream) => names.has(logStream);
}

function startOf({ startTime }: FilterLogEvents): EventPosition {
  return startTime === undefined ? START : { timestamp: startTime, arrival: -1 };
}

function render(event: StoredEvent): Record<string, unknown> {
  const { logStream: logStreamName, timestamp, message, ingestionTime, id: eventId } = event;
  return { logStreamName, timestamp, message, ingestionTime, eventId };
}

function renderToken({ timestamp, arrival }: EventPosition): string {
  return Buffer.from(`${timestamp}.${arrival}`).toString('base64url');
}

function parseToken(token: string): EventPosition {
  const [, timestamp, arrival] = /^(-?\d+)\.(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (timestamp === undefined) throw new ApiError('InvalidParameterException', 'The specified nextToken is invalid.');
  return { timestamp: Number(timestamp), arrival: Number(arrival) };
}
