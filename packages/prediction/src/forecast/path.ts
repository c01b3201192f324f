import type { Climb } from './climb.ts';

/** The ways to look an hour ahead. */
export type CandidateName = 'naive' | 'ensemble' | 'growth' | 'analogue' | 'recurrence';

/** One way to look ahead: a mean and a standard deviation for each step. */
export interface Path {
  readonly name: CandidateName;
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** Of `growth`: what its steps are made of. */
  readonly growth?: Growth;
  /** Of `ensemble`: scored, and not counted. */
  readonly isUntried?: boolean;
  /** Of `recurrence`: how likely it is that what is expected comes at all. */
  readonly probability?: number;
}

/** A straight climb or fall, as it stands at the newest minute. */
export interface Growth {
  readonly level: number;
  /** A minute. */
  readonly slope: number;
  readonly slopeError: number;
  /** By how much the slope falls every minute; 0 where it does not. */
  readonly slowing: number;
  /** Standard deviation of the minutes around the line. */
  readonly noise: number;
  /** The same as a parabola, by the minute: what limits are held against. */
  readonly climb: Climb;
  /** Minutes for which it has gone on so far. */
  readonly lastedMinutes: number;
  /** Minutes from the newest one to the end of each step. */
  readonly ahead: readonly number[];
}

/** Forecasts of load go an hour ahead, by five minutes. */
export const STEPS = 12;
