/** How long each part of the story is. */
export interface Script {
  /** Minutes after the deploys that are not counted as idle: what was called tells of its silence for half an hour. */
  readonly settlingMinutes: number;
  /** Minutes in which nobody comes. */
  readonly idleMinutes: number;
  /** Payments in the ledger, all of which each booking reads once the index is gone. */
  readonly payments: number;
  /** Requests of each minute. */
  readonly opening: readonly number[];
  readonly climb: readonly number[];
  /** Requests a minute at the peak, in which things go wrong. */
  readonly peak: number;
  /** The longest that a repair is waited for. */
  readonly patienceMinutes: number;
  /** Minutes between the end of one trouble and the next. */
  readonly calmMinutes: number;
  readonly decline: readonly number[];
}

/** The demo: what two cores carry in two minutes. */
export const BLACK_FRIDAY: Script = {
  settlingMinutes: 35,
  idleMinutes: 55,
  payments: 1_500_000,
  opening: ramp(6, 12, 9),
  climb: ramp(14, 32, 8),
  peak: 32,
  patienceMinutes: 20,
  calmMinutes: 2,
  decline: ramp(26, 4, 16),
};

/** The same story as short as it can be told: for a test. */
export const REHEARSAL: Script = {
  // Too short for the database to fall asleep.
  settlingMinutes: 2,
  idleMinutes: 2,
  // Half of the demo's: the scan is as plain, and half as dear.
  payments: 750_000,
  opening: ramp(20, 20, 9),
  climb: ramp(22, 28, 4),
  peak: 28,
  patienceMinutes: 8,
  calmMinutes: 1,
  decline: ramp(20, 10, 3),
};

/** Whole numbers from one to another in so many steps. */
function ramp(from: number, to: number, steps: number): readonly number[] {
  return Array.from({ length: steps }, (_, at) => Math.round(from + ((to - from) * at) / Math.max(1, steps - 1)));
}
