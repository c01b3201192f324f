import type { Sampler } from '../random/sampler.ts';
import type { Tick } from '../tick.ts';

/** Starts that are cold although an environment was there: it had lived long enough, or a storm took it. */
export class Recycling {
  readonly #lifetimeMs: number;
  readonly #sampler: Sampler;
  #aged = 0;
  #stormed = 0;

  /** @param lifetimeMs - how long an environment lives; 0 for ever. */
  constructor(lifetimeMs: number, sampler: Sampler) {
    this.#lifetimeMs = lifetimeMs;
    this.#sampler = sampler;
  }

  /** Environments end after some hours; the next request that would have had one of them has a cold start. */
  age(tick: Tick, environments: number): void {
    if (this.#lifetimeMs === 0 || environments === 0) this.#aged = 0;
    else
      this.#aged = Math.min(
        environments,
        this.#aged + this.#sampler.binomial(environments, tick.lengthMs / this.#lifetimeMs),
      );
  }

  /** Whether one start is cold. A storm takes exactly its share, one in so many. */
  takeOne(environments: number, coldShare: number): boolean {
    this.#stormed += coldShare;
    if (this.#stormed >= 1 - 1e-9) {
      this.#stormed -= 1;
      return true;
    }
    const isAged = this.#aged > 0 && this.#sampler.uniform() * environments < this.#aged;
    if (isAged) this.#aged--;
    return isAged;
  }

  /** How many of so many starts are cold. */
  takeMany(starts: number, coldShare: number): number {
    const aged = Math.min(this.#aged, starts);
    this.#aged -= aged;
    this.#stormed += starts * coldShare;
    const stormed = Math.floor(this.#stormed + 1e-9);
    this.#stormed -= stormed;
    return Math.min(starts, aged + stormed);
  }
}
