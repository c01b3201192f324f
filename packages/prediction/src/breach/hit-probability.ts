import type { WeightedPath } from '../forecast/blend.ts';
import { type Growth, type Path, STEPS } from '../forecast/path.ts';

/** Quantiles of a normal variable at 10, 30, 50, 70 and 90 %: five slopes that are equally likely. */
const SLOPES = [-1.2816, -0.5244, 0, 0.5244, 1.2816];
/** The highest of some minutes lies so many deviations above the line. */
const HIGHEST = 1.2;

/** That a limit is hit until the end of each step, from what every candidate says. Never falls from step to step. */
export function hitProbabilities(weighted: readonly WeightedPath[], limit: number, widening: number): number[] {
  const others = weighted.filter(({ path }) => path.name !== 'recurrence');
  const expected = weighted.find(({ path }) => path.name === 'recurrence')?.path;
  const plain = mixed(others.length > 0 ? others : weighted, limit, widening);
  if (expected === undefined) return plain;
  const { probability = 1 } = expected;
  const coming = upTo(expected, limit, 1);
  return plain.map((without, step) => probability * Math.max(coming[step]!, without) + (1 - probability) * without);
}

function mixed(weighted: readonly WeightedPath[], limit: number, widening: number): number[] {
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const parts = weighted.map(({ path, weight }) => ({ hit: upTo(path, limit, widening), share: weight / total }));
  return Array.from({ length: STEPS }, (_, step) => parts.reduce((sum, { hit, share }) => sum + share * hit[step]!, 0));
}

function upTo({ mean, sd, growth }: Path, limit: number, widening: number): number[] {
  if (growth !== undefined) return growth.ahead.map((minute) => hitByGrowth(growth, minute, limit));
  let most = 0;
  return mean.map((value, step) => {
    const spread = widening * sd[step]!;
    const above = spread > 0 ? normalCdf((value - limit) / spread) : value >= limit ? 1 : 0;
    most = Math.max(most, above);
    return most;
  });
}

/** The climb reaches the limit in so many minutes, if it goes on for so long: see `growthPath`. */
function hitByGrowth(growth: Growth, minute: number, limit: number): number {
  const { level, slope, slopeError, noise, lastedMinutes } = growth;
  const distance = limit - level - HIGHEST * noise;
  if (distance <= 0) return normalCdf((level + HIGHEST * noise - limit) / Math.max(noise, 1e-9) + 0.5);
  const chances = SLOPES.map((z) => {
    const needed = minutesToRise(slope + z * slopeError, growth.slowing, distance);
    return needed <= minute ? lastedMinutes / (lastedMinutes + needed) : 0;
  });
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

/** When a slope that slows down has risen so far; never, where it stops before. */
function minutesToRise(slope: number, slowing: number, distance: number): number {
  if (slope <= 0) return Number.POSITIVE_INFINITY;
  if (slowing === 0) return distance / slope;
  const left = slope * slope - 2 * slowing * distance;
  return left < 0 ? Number.POSITIVE_INFINITY : (slope - Math.sqrt(left)) / slowing;
}

/** Abramowitz & Stegun, formula 26.2.17: within 7.5e-8. */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return z >= 0 ? 1 - tail : tail;
}
