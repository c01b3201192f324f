import type { Clock } from '../../../core/time/clock.ts';

/** What can be called off: an execution, a branch of it, one attempt of a task. Calling off a scope calls off those inside it. */
export class Scope {
  #reason: Error | undefined;
  readonly #listeners = new Set<(reason: Error) => void>();

  /** Why it was called off; absent while it is in force. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  cancel(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    for (const listener of [...this.#listeners]) listener(reason);
    this.#listeners.clear();
  }

  /** Calls `listener` when it is called off, at once where it is; returns the end of listening. */
  onCancel(listener: (reason: Error) => void): () => void {
    if (this.#reason) listener(this.#reason);
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Runs work in a scope inside this one. */
  async within<T>(work: (inner: Scope) => Promise<T>): Promise<T> {
    const inner = new Scope();
    const stopListening = this.onCancel((reason) => inner.cancel(reason));
    try {
      return await work(inner);
    } finally {
      stopListening();
    }
  }

  /** Settles as `work` does, or rejects with the reason as soon as the scope is called off. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stopListening = this.onCancel(reject);
      work.then(
        (value) => {
          stopListening();
          resolve(value);
        },
        (error: unknown) => {
          stopListening();
          reject(error);
        },
      );
    });
  }

  /** Waits by the clock; its timer goes where the scope is called off. */
  sleep(clock: Clock, ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#reason) return reject(this.#reason);
      const timer = clock.schedule(ms, () => {
        stopListening();
        resolve();
      });
      const stopListening = this.onCancel((reason) => {
        timer.cancel();
        reject(reason);
      });
    });
  }

  /** Calls the scope off with `reason` after `ms`; returns what ends the watch. */
  cancelAfter(clock: Clock, ms: number, reason: () => Error): () => void {
    const timer = clock.schedule(ms, () => this.cancel(reason()));
    const stopListening = this.onCancel(() => timer.cancel());
    return () => {
      stopListening();
      timer.cancel();
    };
  }
}
