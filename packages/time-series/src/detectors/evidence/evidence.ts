import type { AnomalyKind } from '../detector.ts';

/** One way to look at a series: how far a point is from what was expected, in units of what is usual for this series. */
export interface Evidence<State> {
  readonly kind: AnomalyKind;
  init(): State;
  /** About 1 for an ordinary point; negative below what was expected where the side is told. Changes the state: the point is learnt. */
  measure(state: State, timestamp: number, value: number): number;
}

/** Share of the level that no deviation is measured below: a hundredth of a percent's jitter is no news. */
export const RELATIVE_FLOOR = 0.02;
export const ABSOLUTE_FLOOR = 1e-9;

/** Weight of the newest point: a plain mean at first, exponential later (so that the first points don't rule). */
export const weightOf = (seen: number, alpha: number): number => Math.max(alpha, 1 / seen);
