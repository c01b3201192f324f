import { LIMITS } from '../aws/limits.ts';
import { Slots } from '../lambda/slots.ts';
import type { Tick } from '../tick.ts';

/** What pollers of a queue find to do in a tick. */
interface Demand {
  readonly waiting: number;
  readonly busy: number;
  readonly batchSize: number;
  /** The mapping's maximum concurrency, where it has one. */
  readonly maximum: number | undefined;
}

/** The pollers of a queue: five at first, 300 a minute more while messages wait, up to 1,250 or the maximum concurrency, and as many fewer while none waits. */
export class QueuePollers {
  readonly slots = new Slots(LIMITS.queuePollers.first);
  /** Whole ones of what has grown so far poll. */
  #grown: number = LIMITS.queuePollers.first;

  get count(): number {
    return this.slots.most;
  }

  scale(tick: Tick, { waiting, busy, batchSize, maximum }: Demand): void {
    const { first, perMinute, most } = LIMITS.queuePollers;
    const isBusy = waiting > 0 && busy >= 0.8 * this.count;
    const hasMore = waiting > this.count * batchSize;
    const step = (perMinute * tick.lengthMs) / 60_000;
    if (isBusy || hasMore) this.#grown += step;
    else if (waiting === 0) this.#grown = Math.max(first, this.#grown - step);
    this.#grown = Math.min(most, maximum ?? most, this.#grown);
    this.slots.most = Math.floor(this.#grown);
  }
}
