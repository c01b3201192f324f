import type { Owner } from '../stored-attempt.ts';

/** A wish to close minutes of a function, as the queue carries it. */
export interface Closing {
  readonly owner: Required<Owner>;
  /** Starts of minutes, epoch milliseconds, ascending. */
  readonly minutes: readonly number[];
  /** The last minute in which the function is known to have been active; the minutes themselves are where this is absent. */
  readonly lastActive?: number;
}

/** When and how long minutes are closed. */
export interface ClosingPolicy {
  /** How long after a minute's end its data is waited for, milliseconds; at least a second. */
  readonly graceMs: number;
  /** How long the minutes of a function that fell silent are published, milliseconds. */
  readonly silenceMs: number;
  /** Minutes that ended longer ago are not published, milliseconds. */
  readonly maxAgeMs: number;
}

/** A closing and when the queue is to hand it out. */
export interface DelayedClosing {
  readonly closing: Closing;
  readonly delaySeconds: number;
}
