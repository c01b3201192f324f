import type { Clock } from './clock.ts';

/** A clock that a test or a replay moves. */
export interface SteeredClock extends Clock {
  /**
   * Moves time on by `ms`: due timers run in order, each at its own instant, and what they start settles before time moves on.
   * `whileBusy` lets time pass although background work is still under way: for work that itself waits for the clock (a hanging
   * function that is to time out).
   */
  advance(ms: number, options?: AdvanceOptions): Promise<void>;
  /** What "settled" means: the sandbox sets it to the end of all its background work. Returns to promises only where none is set. */
  settleWith(settle: () => Promise<void>): void;
}

export interface AdvanceOptions {
  readonly whileBusy?: boolean;
}

/** Lets promises and finished I/O callbacks run: one turn of the event loop. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
