import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { EventPosition, StoredEvent } from '../event-log.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import { EVENT_OVERHEAD_BYTES } from '../log-store.ts';
import type { LogsState } from '../logs-state.ts';
import { eventLimit, MAX_PAGE_BYTES } from './page-limits.ts';

interface GetLogEvents extends GroupReference {
  readonly logStreamName: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
}

/** A token names a place and a direction: `f/<timestamp>.<arrival>/s` reads what follows it, `b/…/s` what stands before it. */
const TOKEN = /^([fb])\/(-?\d+)\.(-?\d+)\/s$/;
const BEFORE_ALL = { timestamp: 0, arrival: -1 };

export function getLogEvents({ store, resources }: LogsState): JsonOperation {
  return {
    permissions: (input: GetLogEvents) => resources.onStream('GetLogEvents', input, input.logStreamName),
    handle(input: GetLogEvents) {
      const stream = store.stream(store.group(groupName(input)), input.logStreamName);
      const { startTime = Number.NEGATIVE_INFINITY, endTime = Number.POSITIVE_INFINITY } = input;
      const from = stream.events.indexAfter({ timestamp: startTime, arrival: -1 });
      const until = Math.max(from, stream.events.indexAfter({ timestamp: endTime, arrival: -1 }));
      const token = parseToken(input.nextToken);
      const events = stream.events.sorted();
      const isForward = token ? token.isForward : input.startFromHead === true;
      const at = token ? stream.events.indexAfter(token.position) : isForward ? from : until;
      const range = {
        isForward,
        from: isForward ? Math.max(from, at) : from,
        until: isForward ? until : Math.min(until, at),
      };
      const page = take(events, range, eventLimit(input.limit));
      return {
        events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
        ...tokens(page, events[at - 1], token),
      };
    },
  };
}

/** At the end of a stream AWS gives back the token that was sent, which is how a reader knows. */
function tokens(
  page: readonly StoredEvent[],
  before: EventPosition | undefined,
  token: { position: EventPosition } | undefined,
): { nextForwardToken: string; nextBackwardToken: string } {
  const here = token?.position ?? before ?? BEFORE_ALL;
  const last = page.at(-1) ?? here;
  const first = page[0];
  const beforeFirst = first ? { timestamp: first.timestamp, arrival: first.arrival - 1 } : here;
  return { nextForwardToken: render('f', last), nextBackwardToken: render('b', beforeFirst) };
}

function render(direction: 'f' | 'b', { timestamp, arrival }: EventPosition): string {
  return `${direction}/${timestamp}.${arrival}/s`;
}

function parseToken(text: string | undefined): { isForward: boolean; position: EventPosition } | undefined {
  if (text === undefined) return undefined;
  const [, direction, timestamp, arrival] = TOKEN.exec(text) ?? [];
  if (direction === undefined) throw new ApiError('InvalidParameterException', 'The specified nextToken is invalid.');
  return { isForward: direction === 'f', position: { timestamp: Number(timestamp), arrival: Number(arrival) } };
}

/** Events of one page in their order, read from one end of `[from, until)`. */
function take(
  events: readonly StoredEvent[],
  range: { from: number; until: number; isForward: boolean },
  limit: number,
): readonly StoredEvent[] {
  const page: StoredEvent[] = [];
  let bytes = 0;
  for (let count = 0; count < Math.min(limit, range.until - range.from); count++) {
    const event = events[range.isForward ? range.from + count : range.until - 1 - count] as StoredEvent;
    bytes += Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
    if (bytes > MAX_PAGE_BYTES && page.length > 0) break;
    page.push(event);
  }
  return range.isForward ? page : page.reverse();
}
