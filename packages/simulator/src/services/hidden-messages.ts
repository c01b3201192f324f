interface Hidden {
  /** The beginning of the tick in which they can be received again. */
  readonly dueMs: number;
  readonly receives: number;
  count: number;
}

/** A queue's messages of failed batches: nobody can receive them until the visibility timeout is over. */
export class HiddenMessages {
  readonly #tickMs: number;
  #hidden: Hidden[] = [];

  constructor(tickMs: number) {
    this.#tickMs = tickMs;
  }

  get size(): number {
    return this.#hidden.reduce((sum, { count }) => sum + count, 0);
  }

  /** Hides messages that were received so often. */
  hide(count: number, dueMs: number, receives: number): void {
    const dueTickMs = Math.ceil(dueMs / this.#tickMs) * this.#tickMs;
    const same = this.#hidden.find((hidden) => hidden.dueMs === dueTickMs && hidden.receives === receives);
    if (same) same.count += count;
    else this.#hidden.push({ dueMs: dueTickMs, count, receives });
  }

  /** Those that can be received again at that time; they are hidden no more. */
  takeDue(timeMs: number): readonly Hidden[] {
    const due = this.#hidden.filter(({ dueMs }) => dueMs <= timeMs);
    if (due.length > 0) this.#hidden = this.#hidden.filter(({ dueMs }) => dueMs > timeMs);
    return due;
  }
}
