import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time that jumps from one instant at which something is due to the next. What is due at one instant runs side by side, and ends before time moves on. */
export class Agenda {
  readonly #tasks = new Map<number, (() => void)[]>();
  /** Instants that have tasks, earliest first. */
  readonly #instants: number[] = [];
  #nowMs: number;
  #running = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  readonly now = (): number => this.#nowMs;

  at(dueMs: number, task: () => void): void {
    const instant = Math.max(dueMs, this.#nowMs + 1);
    const tasks = this.#tasks.get(instant);
    if (tasks) tasks.push(task);
    else {
      this.#tasks.set(instant, [task]);
      this.#instants.splice(placeOf(instant, this.#instants), 0, instant);
    }
  }

  /** Holds time until the work is done, or sleeps. */
  run(work: () => Promise<void>): void {
    this.#running++;
    void work().finally(() => {
      this.#running--;
    });
  }

  /** Lets time pass for the work that waits for it. */
  sleep(ms: number): Promise<void> {
    this.#running--;
    return new Promise((resolve) =>
      this.at(this.#nowMs + ms, () => {
        this.#running++;
        resolve();
      }),
    );
  }

  /** Runs all that is due before that instant, what comes up on the way included. */
  async runUntil(endMs: number): Promise<void> {
    while (this.#instants[0] !== undefined && this.#instants[0] <= endMs) {
      this.#nowMs = this.#instants.shift()!;
      const tasks = this.#tasks.get(this.#nowMs)!;
      this.#tasks.delete(this.#nowMs);
      for (const task of tasks) task();
      do await nextTurn();
      while (this.#running > 0);
    }
    this.#nowMs = endMs;
  }
}

/** First index whose instant is later: binary search. */
function placeOf(instant: number, instants: readonly number[]): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instants[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
