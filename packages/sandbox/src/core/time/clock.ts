/** A pending timer of a {@link Clock}. */
export interface ClockTimer {
  cancel(): void;
}

/** The sandbox's only source of time: every wait, expiry and timestamp of an emulated service comes from here. */
export interface Clock {
  /** Now, in epoch milliseconds. */
  now(): number;
  /** Runs `task` once, `delayMs` of this clock later. */
  schedule(delayMs: number, task: () => void): ClockTimer;
  /** Resolves `delayMs` of this clock later. */
  sleep(delayMs: number): Promise<void>;
}
