import type { WeightedPath } from '../forecast/blend.ts';
import { type Path, STEPS } from '../forecast/path.ts';
import { passageOf } from './first-passage.ts';
import { normalCdf } from './normal-cdf.ts';

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
  if (growth !== undefined) {
    const passage = passageOf(growth.climb, growth.lastedMinutes, limit);
    return growth.ahead.map((minute) => passage[Math.min(passage.length - 1, Math.max(0, Math.round(minute)))]!);
  }
  let most = 0;
  return mean.map((value, step) => {
    const spread = widening * sd[step]!;
    const above = spread > 0 ? normalCdf((value - limit) / spread) : value >= limit ? 1 : 0;
    most = Math.max(most, above);
    return most;
  });
}
