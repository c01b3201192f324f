import type { Fault } from '../faults/fault.ts';
import type { Tick } from '../tick.ts';

/** Records of a stream that no attempt can process: each holds one shard until its attempts are used up or somebody takes it away. */
export class Poison {
  readonly #faults: readonly Fault[];
  readonly #batches: { readonly batchSize: number; readonly bisects: boolean };
  #untilMs: number[] = [];

  constructor(faults: readonly Fault[], batches: { batchSize: number; bisects: boolean }) {
    this.#faults = faults.filter((fault) => fault.kind === 'poison-message');
    this.#batches = batches;
  }

  get blockedShards(): number {
    return this.#untilMs.length;
  }

  /** Attempts until a batch with such a record is given up; cut in halves, each half is tried so often. */
  rounds(maximumRetries: number): number {
    if (maximumRetries < 0) return Number.POSITIVE_INFINITY;
    return (maximumRetries + 1) * (this.#batches.bisects ? 1 + Math.ceil(Math.log2(this.#batches.batchSize)) : 1);
  }

  /** Takes in what comes in the tick; it holds its shard for `heldMs`. */
  arrive(tick: Tick, heldMs: number): void {
    for (const { at, until } of this.#faults)
      if (at >= tick.startMs && at < tick.endMs)
        this.#untilMs.push(Math.min(tick.startMs + heldMs, until ?? Number.POSITIVE_INFINITY));
  }

  /** How many let go in this tick. */
  release(tick: Tick): number {
    const before = this.#untilMs.length;
    this.#untilMs = this.#untilMs.filter((untilMs) => untilMs > tick.startMs);
    return before - this.#untilMs.length;
  }

  /** None holds longer than to that time. */
  giveUpBy(timeMs: number): void {
    this.#untilMs = this.#untilMs.map((untilMs) => Math.min(untilMs, timeMs));
  }
}
