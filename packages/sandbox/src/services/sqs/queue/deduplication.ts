import type { Clock } from '../../../core/time/clock.ts';
import type { Message } from './message.ts';

/** A FIFO queue knows its duplicates for five minutes (SQS Developer Guide, "Exactly-once processing"). */
const INTERVAL_MS = 5 * 60 * 1000;

/** The messages that were sent lately, by what makes them the same. */
export class Deduplication {
  readonly #clock: Clock;
  readonly #known = new Map<string, Message>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(id: string): Message | undefined {
    this.#forgetOld();
    return this.#known.get(id);
  }

  remember(id: string, message: Message): void {
    this.#known.set(id, message);
  }

  /** Entries stand in the order in which they were sent, so the old ones come first. */
  #forgetOld(): void {
    const cutoff = this.#clock.now() - INTERVAL_MS;
    for (const [id, message] of this.#known) {
      if (message.sentAt > cutoff) return;
      this.#known.delete(id);
    }
  }
}
