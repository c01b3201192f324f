import type { Sampler } from '../../random/sampler.ts';
import { type BlockingLoad, blockedShare } from './blocking.ts';

/** Expected calls of a tick below which none will be blocked in a thousand years. */
const NEVER = 1e-12;

/** Calls of a tick that meet nothing but busy environments by chance. Nothing is drawn where none will. */
export function blockedArrivals(load: BlockingLoad, sampler: Sampler): number {
  const share = blockedShare(load);
  return load.arrivals * share < NEVER ? 0 : sampler.binomial(load.arrivals, share);
}
