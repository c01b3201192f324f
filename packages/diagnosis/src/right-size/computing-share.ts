import { cpuShareOf } from './cpu-model.ts';
import { around, meanDurationOf } from './mean-duration.ts';
import type { Bounds } from './size-estimate.ts';
import type { SizeTraffic } from './traffic-by-size.ts';

/** Nothing is known of it: anything from all waiting to all computing. */
const ANYTHING: Bounds = { least: 0, most: 1 };

/** No two sizes tell a share more exactly: the model is not. */
const SUREST = 0.01;

/**
 * How much of a call at one size is computing, from what calls took at the others: their answers weighed by how sure each is (inverse variances), between two
 * standard errors on either side.
 */
export function computingShare(current: SizeTraffic, others: readonly SizeTraffic[], threads: number): Bounds {
  const at = (size: SizeTraffic) => {
    const { ms, chanceMs, binsMs } = meanDurationOf(size);
    return { memorySizeMb: size.memorySizeMb, ms, errorMs: Math.hypot(chanceMs, binsMs) };
  };
  const told = others.flatMap((other) => {
    const share = cpuShareOf(at(current), at(other), threads);
    return share === undefined ? [] : [{ ...share, weight: 1 / Math.max(share.error, SUREST) ** 2 }];
  });
  if (told.length === 0) return ANYTHING;
  const weight = told.reduce((sum, each) => sum + each.weight, 0);
  const share = told.reduce((sum, each) => sum + each.share * each.weight, 0) / weight;
  const { least, most } = around(share, Math.sqrt(1 / weight));
  return { least: within(least), most: within(most) };
}

const within = (share: number): number => Math.min(1, Math.max(0, share));
