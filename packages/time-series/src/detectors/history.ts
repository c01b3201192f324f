/** A history of so many points costs nothing; longer ones do, up to the last. */
const FREE_POINTS = 2_500;
const MOST_POINTS = 20_000;
const RATE = 0.5;

/**
 * What a surprise has to exceed besides the threshold, after so many points of a coarse series. At a fixed probability, false alarms grow
 * with the points; at one that falls with the square root of the points seen they grow with the square root only (alpha spending,
 * Lan and DeMets 1983): who has watched a series for two months has seen more than who has watched it for a week.
 */
export function costOfHistory(points: number): number {
  return RATE * Math.log(Math.min(MOST_POINTS, Math.max(FREE_POINTS, points)) / FREE_POINTS);
}
