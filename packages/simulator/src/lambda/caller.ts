import type { Tick } from '../tick.ts';
import type { Slots } from './slots.ts';

/** Who asks a function for something, and is told what became of it. */
export interface Caller {
  /** That many found no environment. */
  throttled(tick: Tick, count: number): void;
  /** That many were invoked at times spread evenly over the tick and take `durationMs`; `failed` of `count` end with an error. */
  invoked(tick: Tick, durationMs: number, count: number, failed: number): void;
  /** One was invoked at `startMs`. */
  invokedAt(tick: Tick, startMs: number, durationMs: number, isOk: boolean): void;
  /** That many were not begun, since none of the demand's pollers was free within the tick. */
  postponed?(count: number): void;
}

/** What a caller asks for in one tick. */
export interface Demand {
  readonly caller: Caller;
  readonly count: number;
  /** When, where the times are not left to chance. */
  readonly timesMs?: readonly number[];
  /** Who asks, where each waits for an invocation to end before it begins another: nothing that chance brings together. */
  readonly pollers?: Slots;
  /** CPU on top of the function's own, on one vCPU. */
  readonly extraCpuMs?: number;
  /** Every one of them fails, whatever the function does. */
  readonly alwaysFails?: boolean;
}
