import type { EventOrigin, EventSink } from './event-sink.ts';

/** CloudWatch Logs takes no event beyond this many bytes (PutLogEvents, "maximum event size", 1 MB since 2025). */
export const MAX_EVENT_BYTES = 1_048_576;

/** An event whose lines are still coming. */
export class EventDraft {
  readonly #origin: EventOrigin;
  readonly #timestamp: number | undefined;
  readonly #parts: string[];
  #length: number;
  #lines = 1;

  constructor(origin: EventOrigin, timestamp: number | undefined, firstLine: string) {
    this.#origin = origin;
    this.#timestamp = timestamp;
    this.#parts = [firstLine];
    this.#length = firstLine.length;
  }

  append(joiner: string, line: string): void {
    this.#lines++;
    this.#length += joiner.length + line.length;
    if (this.#length <= MAX_EVENT_BYTES) this.#parts.push(joiner, line);
    else this.#parts.length = 0;
  }

  /** Hands the event over; `finish` may still change its text. */
  close(sink: EventSink, finish: (message: string) => string): void {
    if (this.#length > MAX_EVENT_BYTES) {
      sink.reject('event-too-large', `an event of ${this.#length} characters`, this.#lines);
      return;
    }
    const message = finish(this.#parts.join(''));
    sink.event(this.#origin, { ...(this.#timestamp === undefined ? {} : { timestamp: this.#timestamp }), message });
  }
}
