import type { Capacity } from '../capacity/capacity.ts';
import type { StoredSample } from '../capacity/filling-look.ts';
import type { WeightedPath } from '../forecast/blend.ts';
import type { BreachChange, Look } from './breach-life.ts';
import type { Limit } from './limit.ts';

/** A limit that concerns this load, and what of it is looked at. */
export interface WatchedLimit extends Limit {
  readonly of: 'concurrency' | 'max-duration' | 'month-cost' | 'stored';
  /** The quota that the limit is a part of, where another part is given away: what can be asked for is the whole. */
  readonly quota?: number;
  /** Of `stored`: what was stored when, oldest first. */
  readonly samples?: readonly StoredSample[];
  /** What has the limit, where that decides what helps. */
  readonly capacity?: Capacity;
}

/** What became of a predicted breach, with the limit and the forecast behind it. */
export interface LimitChange extends BreachChange {
  readonly limit: WatchedLimit;
  readonly look: Look;
  readonly weighted: readonly WeightedPath[];
}
