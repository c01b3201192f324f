import type { Scaling } from './cluster.ts';

/** What the database did in one minute. */
export interface Load {
  /** Milliseconds in which a statement ran. */
  readonly busyMs: number;
  /** The most connections at one time. */
  readonly connections: number;
  readonly isPaused: boolean;
}

export interface CapacityPoint {
  /** Aurora capacity units. */
  readonly capacity: number;
  /** Percent of the maximum. */
  readonly utilizationPct: number;
  readonly cpuPct: number;
  readonly connections: number;
}

const MINUTE_MS = 60_000;
/** One unit has 2 GiB of memory, and the processor that instances of that family have with it: a quarter. */
const ACU_PER_CORE = 4;
const STEP = 0.5;

/**
 * Capacity of a cluster from minute to minute: up at once to what was needed, down by half of what is too much. The rates of Aurora are not
 * published; the range, the steps and the zero of a paused cluster are. Source: Aurora User Guide, "How Aurora Serverless v2 works".
 */
export class Capacity {
  #capacity = 0;

  next({ busyMs, connections, isPaused }: Load, { minCapacity, maxCapacity }: Scaling): CapacityPoint {
    if (isPaused) {
      this.#capacity = 0;
      return { capacity: 0, utilizationPct: 0, cpuPct: 0, connections: 0 };
    }
    const needed = (busyMs / MINUTE_MS) * ACU_PER_CORE;
    const lowest = Math.max(minCapacity, STEP);
    const falling = this.#capacity - (this.#capacity - needed) / 2;
    const wanted = Math.ceil(Math.max(needed, falling) / STEP) * STEP;
    this.#capacity = Math.min(maxCapacity, Math.max(lowest, wanted));
    return {
      capacity: this.#capacity,
      utilizationPct: (this.#capacity / maxCapacity) * 100,
      cpuPct: Math.min(100, (needed / this.#capacity) * 100),
      connections,
    };
  }
}
