import type { Fault } from '../scenario/fault.ts';
import type { Tick } from '../tick.ts';

interface Held {
  readonly untilMs: number;
  /** When the stream drops the record. */
  readonly expiresMs: number;
}

/**
 * Records of a stream that no attempt can process: each holds one shard until its attempts are used up, somebody takes it away, or it expires
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html).
 */
export class Poison {
  readonly #faults: readonly Fault[];
  readonly #batches: { readonly batchSize: number; readonly bisects: boolean };
  #held: readonly Held[] = [];

  constructor(faults: readonly Fault[], batches: { batchSize: number; bisects: boolean }) {
    this.#faults = faults.filter((fault) => fault.kind === 'poison-message');
    this.#batches = batches;
  }

  get blockedShards(): number {
    return this.#held.length;
  }

  /** Attempts until a batch with such a record is given up; cut in halves, each half is tried so often. */
  rounds(maximumRetries: number): number {
    if (maximumRetries < 0) return Number.POSITIVE_INFINITY;
    return (maximumRetries + 1) * (this.#batches.bisects ? 1 + Math.ceil(Math.log2(this.#batches.batchSize)) : 1);
  }

  /** Takes in what comes in the tick; it holds its shard for `heldMs`, and not beyond `retentionMs`. */
  arrive(tick: Tick, heldMs: number, retentionMs: number): void {
    for (const { at, until } of this.#faults) {
      if (at < tick.startMs || at >= tick.endMs) continue;
      const expiresMs = tick.startMs + retentionMs;
      const untilMs = Math.min(tick.startMs + heldMs, until ?? Number.POSITIVE_INFINITY, expiresMs);
      this.#held = [...this.#held, { untilMs, expiresMs }];
    }
  }

  /** Lets go what is held no longer in this tick; gives how many of those were given up, and did not expire. */
  release(tick: Tick): number {
    const released = this.#held.filter(({ untilMs }) => untilMs <= tick.startMs);
    if (released.length > 0) this.#held = this.#held.filter(({ untilMs }) => untilMs > tick.startMs);
    return released.filter(({ untilMs, expiresMs }) => untilMs < expiresMs).length;
  }

  /** None holds longer than to that time. */
  giveUpBy(timeMs: number): void {
    this.#held = this.#held.map(({ untilMs, expiresMs }) => ({ untilMs: Math.min(untilMs, timeMs), expiresMs }));
  }
}
