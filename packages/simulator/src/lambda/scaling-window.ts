import { LIMITS } from '../aws/limits.ts';
import type { Tick } from '../tick.ts';

/**
 * By how much a function may still scale: environments, or requests a second, up to `most` in any 10 seconds
 * (https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html).
 * Counted over a sliding window, so the allowance comes back as it was used and what is not used is not kept.
 */
export class ScalingWindow {
  readonly #created: Float64Array;
  readonly #most: number;
  #sum = 0;
  #last = -1;

  constructor(tickMs: number, most: number) {
    this.#most = most;
    this.#created = new Float64Array(Math.max(1, Math.ceil(LIMITS.scalingPeriodMs / tickMs)));
  }

  /** What may be added in this tick, what was added in it already taken off. */
  left(tick: Tick): number {
    this.#advance(tick);
    return Math.max(0, this.#most - this.#sum);
  }

  create(tick: Tick, count: number): void {
    this.#advance(tick);
    this.#created[tick.index % this.#created.length]! += count;
    this.#sum += count;
  }

  #advance(tick: Tick): void {
    const { length } = this.#created;
    if (tick.index - this.#last > length) {
      this.#created.fill(0);
      this.#sum = 0;
    } else
      for (let index = this.#last + 1; index <= tick.index; index++) {
        this.#sum -= this.#created[index % length]!;
        this.#created[index % length] = 0;
      }
    this.#last = tick.index;
  }
}
