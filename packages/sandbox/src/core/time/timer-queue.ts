import type { ClockTimer } from './clock.ts';

interface Entry {
  readonly dueMs: number;
  readonly sequence: number;
  readonly task: () => void;
}

/** Pending tasks by due time; those due at the same instant keep the order in which they were added. */
export class TimerQueue {
  readonly #entries: Entry[] = [];
  #sequence = 0;

  add(dueMs: number, task: () => void): ClockTimer {
    const entry: Entry = { dueMs, sequence: this.#sequence++, task };
    this.#entries.splice(this.#placeOf(dueMs), 0, entry);
    return {
      cancel: () => {
        const at = this.#entries.indexOf(entry);
        if (at >= 0) this.#entries.splice(at, 1);
      },
    };
  }

  /** When the next task is due. */
  nextDueMs(): number | undefined {
    return this.#entries[0]?.dueMs;
  }

  /** Takes the next task out if it is due at `nowMs`. */
  takeDue(nowMs: number): (() => void) | undefined {
    const next = this.#entries[0];
    if (!next || next.dueMs > nowMs) return undefined;
    this.#entries.shift();
    return next.task;
  }

  /** First index whose entry is due later than `dueMs`: binary search, O(log n). */
  #placeOf(dueMs: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#entries[middle]!.dueMs <= dueMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
