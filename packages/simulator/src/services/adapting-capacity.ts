import type { Tick } from '../tick.ts';

export interface AdaptingOptions {
  /** Units a second that it takes at first, and at most. */
  readonly first: number;
  readonly most: number;
  /** It takes this many times its previous peak … */
  readonly growth: number;
  /** … once the peak is this old. */
  readonly adaptMs: number;
  readonly tickMs: number;
}

/** A capacity on demand, that grows by the traffic it has seen: of DynamoDB tables and Kinesis streams. */
export class AdaptingCapacity {
  readonly #options: AdaptingOptions;
  /** What was asked for a second, by minute, until it is old enough to count. */
  readonly #recent: { readonly untilMs: number; peak: number }[] = [];
  #adapted = 0;

  constructor(options: AdaptingOptions) {
    this.#options = options;
  }

  get perSecond(): number {
    const { first, most, growth } = this.#options;
    return Math.min(most, Math.max(first, growth * this.#adapted));
  }

  /** Takes what it can of `asked` units in the tick. */
  take(tick: Tick, asked: number): number {
    const seconds = tick.lengthMs / 1000;
    const taken = Math.min(asked, this.perSecond * seconds);
    this.#remember(tick, taken / seconds);
    return taken;
  }

  #remember(tick: Tick, rate: number): void {
    const untilMs = Math.floor(tick.startMs / 60_000) * 60_000 + 60_000;
    const last = this.#recent.at(-1);
    if (last?.untilMs === untilMs) last.peak = Math.max(last.peak, rate);
    else this.#recent.push({ untilMs, peak: rate });
    while (this.#recent.length > 0 && this.#recent[0]!.untilMs <= tick.endMs - this.#options.adaptMs)
      this.#adapted = Math.max(this.#adapted, this.#recent.shift()!.peak);
  }
}
