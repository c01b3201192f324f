import { LIMITS } from '../aws/limits.ts';
import type { Tick } from '../tick.ts';
import { AdaptingCapacity } from './adapting-capacity.ts';

/** A table's reads or its writes: what is asked for in a tick, and how much of it there is room for. */
export class TableUnits {
  readonly #adapting: AdaptingCapacity;
  #asked = 0;
  /** Share of what came in the last tick that there was room for. */
  takenShare = 1;

  /** `warm` and `most` are units a second. */
  constructor({ warm, most, tickMs }: { warm: number; most: number; tickMs: number }) {
    this.#adapting = new AdaptingCapacity({
      first: warm,
      most: Math.max(warm, most),
      growth: LIMITS.onDemandGrowth,
      adaptMs: LIMITS.tableAdaptMs,
      tickMs,
    });
  }

  /** Units a second that it takes now. */
  get capacity(): number {
    return this.#adapting.perSecond;
  }

  ask(units: number): void {
    this.#asked += units;
  }

  /** Takes what it can of the share of what was asked for in the tick that a fault spares; gives the units taken. */
  take(tick: Tick, spared: number): number {
    const asked = this.#asked * spared;
    const taken = this.#adapting.take(tick, asked);
    this.#asked = 0;
    this.takenShare = asked > 0 ? taken / asked : 1;
    return taken;
  }
}
