import { nextTurn } from './time/steered-clock.ts';

/**
 * How long `settle` watches work in which nothing begins or ends before it says that waiting alone will not end it. A query of a database may take
 * minutes where cores are shared; a test that hangs is told so before the 300 s of its own are over.
 */
const STUCK_AFTER_MS = 240_000;
const WATCHED_EACH_MS = 10_000;

/** Work that services do after they have answered: deliveries, asynchronous invocations, polls. */
export class BackgroundWork {
  readonly #running = new Set<Promise<unknown>>();
  #lastProgressMs = 0;

  readonly track = <T>(work: Promise<T>): Promise<T> => {
    const entry = work.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(entry);
    this.#noteProgress();
    void entry.then(() => {
      this.#running.delete(entry);
      this.#noteProgress();
    });
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

  /** {@link idle}, but an error once nothing has moved for four minutes of real time: work that waits for the clock would hold the clock for ever. */
  async settle(): Promise<void> {
    this.#noteProgress();
    const stuck = Promise.withResolvers<never>();
    const watch = setInterval(() => {
      if (performance.now() - this.#lastProgressMs > STUCK_AFTER_MS) stuck.reject(new Error(this.#stuckMessage()));
    }, WATCHED_EACH_MS);
    watch.unref();
    try {
      await Promise.race([this.idle(), stuck.promise]);
    } finally {
      clearInterval(watch);
    }
  }

  #noteProgress(): void {
    this.#lastProgressMs = performance.now();
  }

  #stuckMessage(): string {
    return (
      `The clock waited ${STUCK_AFTER_MS / 1000} s for ${this.count} pieces of background work. ` +
      'Where that work waits for the clock itself, advance with { whileBusy: true }.'
    );
  }
}
