import { EventCollector, type OriginEvents } from '../replay/input/event-collector.ts';
import type { EventSink, TextReader } from '../replay/input/event-sink.ts';
import type { Rejection } from '../replay/input/replay-source.ts';

export interface ReadResult {
  readonly origins: readonly OriginEvents[];
  readonly messages: readonly string[];
  readonly rejected: readonly Rejection[];
}

/** What a reader makes of a text that arrives in the given chunks. */
export function readChunks(chunks: readonly string[], makeReader: (sink: EventSink) => TextReader): ReadResult {
  const collector = new EventCollector('test');
  const reader = makeReader(collector);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  const origins = collector.origins();
  const messages = origins.flatMap(({ events }) => events.map((event) => event.message));
  return { origins, messages, rejected: collector.rejections() };
}

/** Cuts a text at the given places, each a share of its length. */
export function cutAt(text: string, shares: readonly number[]): readonly string[] {
  const places = [...shares.map((share) => Math.floor(share * text.length)), text.length].sort((a, b) => a - b);
  return places.map((place, index) => text.slice(places[index - 1] ?? 0, place));
}
