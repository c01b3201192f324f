import { climbOf } from './climb.ts';
import { type Growth, type Path, STEPS } from './path.ts';

const WINDOW_MINUTES = 30;
const LEAST_MINUTES = 5;
const HALF_LIFE_MINUTES = 15;
/** A slope of fewer standard errors is none. */
const SIGNIFICANT = 2.5;
const BLOCK_MINUTES = 10;
const STEP_MINUTES = 5;
/** A parabola is laid through so many minutes of a climb, at most and at least. */
const BEND_MINUTES = 90;
/** Before so many minutes are known, a climb and a start look alike. */
export const LEAST_CLIMB_MINUTES = 30;
/** Two shares of a growth that may stop at any moment differ so much from their mean. */
const STOPPING = 0.3;

/**
 * How a climb or fall of the last half hour goes on: a line through the minutes, newest counting most, damped by how long it has lasted. What has lasted for
 * y minutes goes on for x more with probability y / (y + x) (Gott, Nature 363, 1993), so the expected rise over x is slope · y · ln(1 + x / y).
 *
 * @param offset minutes between the start of the first step and the newest minute's end
 */
export function growthPath(minutes: readonly number[], offset: number): Path | undefined {
  if (minutes.length < LEAST_MINUTES) return undefined;
  const ahead = Array.from({ length: STEPS }, (_, step) => STEP_MINUTES * (step + 1) - offset);
  const lastedMinutes = lasted(minutes);
  const line = lineThrough(minutes.slice(-WINDOW_MINUTES));
  const slowing = line.slope > 0 ? slowingOf(minutes.slice(-Math.min(BEND_MINUTES, lastedMinutes))) : 0;
  const growth = { ...line, slowing, lastedMinutes, ahead, climb: climbOf(minutes, lastedMinutes) };
  const { level, slope, slopeError, noise } = growth;
  const mean = ahead.map((minute) => Math.max(0, level + expectedRise(growth, minute)));
  const sd = ahead.map((minute) => Math.hypot(noise, slopeError * minute, STOPPING * slope * minute));
  return { name: 'growth', mean, sd, growth };
}

function expectedRise({ slope, slowing, lastedMinutes }: Growth, minute: number): number {
  const damped = slope * lastedMinutes * Math.log(1 + Math.max(0, minute) / lastedMinutes);
  if (slowing === 0) return damped;
  const until = Math.min(minute, slope / slowing);
  return Math.min(damped, slope * until - (slowing * until * until) / 2);
}

/**
 * By how much a climb slows down, from a parabola through it by least squares; shrunk by its own uncertainty, 0 for one that does not slow down or is too
 * short to tell.
 */
function slowingOf(values: readonly number[]): number {
  if (values.length < LEAST_CLIMB_MINUTES) return 0;
  const middle = (values.length - 1) / 2;
  const meanSquare = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0) / values.length;
  const bend = values.map((_, at) => (at - middle) ** 2 - meanSquare);
  const bendSquare = bend.reduce((sum, value) => sum + value * value, 0);
  const second = values.reduce((sum, value, at) => sum + bend[at]! * value, 0) / bendSquare;
  if (second >= 0) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const first = values.reduce((sum, value, at) => sum + (at - middle) * value, 0) / (meanSquare * values.length);
  const squares = values.reduce(
    (sum, value, at) => sum + (value - mean - first * (at - middle) - second * bend[at]!) ** 2,
    0,
  );
  const variance = squares / values.length / bendSquare;
  return -2 * second * (second ** 2 / (second ** 2 + variance));
}

/** Weighted least squares; the level is the line's value at the newest minute. */
function lineThrough(values: readonly number[]): Pick<Growth, 'level' | 'slope' | 'slopeError' | 'noise'> {
  const points = values.map((value, at) => {
    const ago = at - (values.length - 1);
    return { ago, value, weight: 0.5 ** (-ago / HALF_LIFE_MINUTES) };
  });
  const total = sum(points, ({ weight }) => weight);
  const meanAgo = sum(points, ({ weight, ago }) => weight * ago) / total;
  const meanValue = sum(points, ({ weight, value }) => weight * value) / total;
  const spread = sum(points, ({ weight, ago }) => weight * (ago - meanAgo) ** 2);
  const slope = sum(points, ({ weight, ago, value }) => weight * (ago - meanAgo) * (value - meanValue)) / spread;
  const squares = sum(points, ({ weight, ago, value }) => weight * (value - meanValue - slope * (ago - meanAgo)) ** 2);
  const noise = Math.sqrt(squares / total);
  const slopeError = (noise * Math.sqrt(sum(points, ({ weight, ago }) => (weight * (ago - meanAgo)) ** 2))) / spread;
  if (Math.abs(slope) < SIGNIFICANT * slopeError) return { level: meanValue, slope: 0, slopeError: 0, noise };
  return { level: meanValue - slope * meanAgo, slope, slopeError, noise };
}

/**
 * For how long blocks of ten minutes have gone the way that the last one goes; at least one block. What has gone one way for as long as it is known, half an
 * hour at least, has lasted no less than that: before, a climb and a start look alike.
 */
function lasted(minutes: readonly number[]): number {
  const blocks: number[] = [];
  for (let end = minutes.length; end >= BLOCK_MINUTES; end -= BLOCK_MINUTES)
    blocks.push(sum(minutes.slice(end - BLOCK_MINUTES, end), (value) => value));
  const way = Math.sign((blocks[0] ?? 0) - (blocks[1] ?? 0));
  let count = 1;
  while (count < blocks.length - 1 && Math.sign(blocks[count]! - blocks[count + 1]!) === way) count++;
  const isAllThatIsKnown = minutes.length >= LEAST_CLIMB_MINUTES && count === blocks.length - 1;
  return isAllThatIsKnown ? minutes.length : Math.min(minutes.length, BLOCK_MINUTES * count);
}

const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((total, value) => total + of(value), 0);
