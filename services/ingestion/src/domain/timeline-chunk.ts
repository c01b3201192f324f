import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { LogEvent } from '@lamplighter/lambda-logs';

/**
 * Events of one stream, one minute and one delivery. A chunk is put once under a key made of its own content, so a repeated delivery
 * changes nothing, and a delivery cut in other pieces only adds events that are already known by their id.
 */
export interface TimelineChunk {
  /** `YYYY-MM-DDTHH:MM#<hash of the events>`: sorts by time. */
  readonly key: string;
  /** Gzipped JSON `[timestamp, id, message][]`. */
  readonly bytes: Uint8Array;
}

/** A DynamoDB item holds 400 KB with its keys (service quotas). */
const MAX_CHUNK_BYTES = 380_000;
/** A longer line is kept up to here; the whole of it is in the archive and in the log group. */
const MAX_LINE_BYTES = 256 * 1024;
const MINUTE_MS = 60_000;

/** Cuts a delivery's events into chunks; the result depends on the set of events alone. */
export function chunksOf(events: readonly LogEvent[]): TimelineChunk[] {
  const byMinute = new Map<string, LogEvent[]>();
  for (const event of distinctInOrder(events)) {
    const minute = minuteOf(event.timestamp);
    const group = byMinute.get(minute);
    if (group) group.push(event);
    else byMinute.set(minute, [event]);
  }
  return [...byMinute].flatMap(([minute, group]) => packed(minute, group));
}

/** The events of chunks, each once, in order. */
export function eventsOf(chunks: readonly TimelineChunk[]): LogEvent[] {
  return chunkReader()(chunks);
}

/** As {@link eventsOf}, unpacking each chunk only the first time that it is asked for. */
export function chunkReader(): (chunks: readonly TimelineChunk[]) => LogEvent[] {
  const unpacked = new Map<string, readonly LogEvent[]>();
  return (chunks) =>
    distinctInOrder(
      chunks.flatMap((chunk) => {
        const events = unpacked.get(chunk.key) ?? unpack(chunk);
        unpacked.set(chunk.key, events);
        return events;
      }),
    );
}

function unpack(chunk: TimelineChunk): LogEvent[] {
  const rows = JSON.parse(gunzipSync(chunk.bytes).toString('utf8')) as [number, string, string][];
  return rows.map(([timestamp, id, message]) => ({ timestamp, id, message }));
}

/** The minute's part of a chunk key. */
export function minuteOf(timestamp: number): string {
  return new Date(Math.floor(timestamp / MINUTE_MS) * MINUTE_MS).toISOString().slice(0, 16);
}

function distinctInOrder(events: readonly LogEvent[]): LogEvent[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return [...byId.values()].sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
}

function packed(minute: string, events: readonly LogEvent[]): TimelineChunk[] {
  const json = JSON.stringify(events.map((event) => [event.timestamp, event.id, shortened(event.message)]));
  const bytes = gzipSync(json);
  if (bytes.length > MAX_CHUNK_BYTES && events.length > 1) {
    const middle = events.length >> 1;
    return [...packed(minute, events.slice(0, middle)), ...packed(minute, events.slice(middle))];
  }
  return [{ key: `${minute}#${createHash('sha256').update(json).digest('hex').slice(0, 32)}`, bytes }];
}

function shortened(message: string): string {
  if (message.length * 3 <= MAX_LINE_BYTES || Buffer.byteLength(message) <= MAX_LINE_BYTES) return message;
  const bytes = Buffer.from(message, 'utf8');
  const start = bytes
    .subarray(0, MAX_LINE_BYTES)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
  return `${start}… [${bytes.length} bytes; the whole line is in the archive]`;
}
