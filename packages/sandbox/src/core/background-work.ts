import { nextTurn } from './steered-clock.ts';

/** How long `settle` waits for work that shows no progress before it says that a clock alone cannot end it. */
const STUCK_AFTER_MS = 20_000;

/** Work that services do after they have answered: deliveries, asynchronous invocations, polls. */
export class BackgroundWork {
  readonly #running = new Set<Promise<unknown>>();

  readonly track = <T>(work: Promise<T>): Promise<T> => {
    const entry = work.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(entry);
    void entry.then(() => this.#running.delete(entry));
    return work;
  };

  get count(): number {
    return this.#running.size;
  }

  /** Resolves when nothing is under way, and nothing new begins in the next turn of the event loop. */
  async idle(): Promise<void> {
    do {
      await Promise.all(this.#running);
      await nextTurn();
    } while (this.#running.size > 0);
  }

  /** {@link idle}, but an error after 20 s of real time: work that waits for the clock would hold the clock for ever. */
  async settle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(this.#stuckMessage())), STUCK_AFTER_MS);
      timer.unref();
    });
    try {
      await Promise.race([this.idle(), stuck]);
    } finally {
      clearTimeout(timer);
    }
  }

  #stuckMessage(): string {
    return (
      `The clock waited ${STUCK_AFTER_MS / 1000} s for ${this.count} pieces of background work. ` +
      'Where that work waits for the clock itself, advance with { whileBusy: true }.'
    );
  }
}
