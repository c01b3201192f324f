import type { StoredEvent } from '../event-log.ts';
import { EVENT_OVERHEAD_BYTES } from '../log-store.ts';
import type { DeliveryShape } from './log-delivery.ts';

/** Text of one payload before compression; AWS publishes no figure, this is the size of a PutLogEvents batch. */
const MAX_TEXT_BYTES = 1_048_576;

/** Cuts the events of a stream into the batches of its payloads: by size, by count and, where the shape asks for it, at random. */
export function cutBatches(
  events: readonly StoredEvent[],
  shape: DeliveryShape,
  random: () => number,
): readonly (readonly StoredEvent[])[] {
  const batches: StoredEvent[][] = [];
  let batch: StoredEvent[] = [];
  let bytes = 0;
  let room = roomOf(events.length, shape, random);
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
    if (batch.length > 0 && (batch.length >= room || bytes + size > MAX_TEXT_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
      room = roomOf(events.length, shape, random);
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

function roomOf(count: number, shape: DeliveryShape, random: () => number): number {
  const most = Math.max(1, Math.min(shape.maxEventsPerPayload, count));
  return shape.randomSplits ? 1 + Math.floor(random() * most) : most;
}
