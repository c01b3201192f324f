import type { Sampler } from '../random/sampler.ts';
import type { Tick } from '../tick.ts';
import { Departures } from './departures.ts';
import { ReleaseHeap } from './release-heap.ts';

/** The invocations of a function that have begun and not ended: single ones by their moment, the others by the tick in which they end. */
export class UnderWay {
  readonly #together: Departures;
  readonly #singles = new ReleaseHeap();
  ok = 0;
  failed = 0;
  /** Time under way of all together, as far as single ones were released; ms. */
  #busyMs = 0;
  #sinceMs = 0;

  constructor(tickMs: number) {
    this.#together = new Departures(tickMs);
  }

  get count(): number {
    return this.#together.inFlight + this.#singles.size;
  }

  /** How many leave in the tick, of those that were not begun one by one. */
  leavingTogether(tick: Tick): number {
    return this.#together.leaving(tick);
  }

  /** Those that leave in the tick get moments of their own, spread evenly over it. */
  separate(tick: Tick, sampler: Sampler): void {
    const { ok, failed } = this.#together.drain(tick);
    for (let index = 0; index < ok + failed; index++)
      this.#singles.push(tick.startMs + sampler.uniform() * tick.lengthMs, index < ok);
    this.#sinceMs = tick.startMs;
    this.#busyMs = 0;
  }

  begin(endMs: number, isOk: boolean): void {
    this.#singles.push(endMs, isOk);
  }

  /** Lets single ones leave that end before a time; gives the time under way since the tick was separated, ms. */
  release(untilMs: number): number {
    while (this.#singles.earliest < untilMs) {
      const { earliest } = this.#singles;
      this.#busyMs += this.count * (earliest - this.#sinceMs);
      this.#sinceMs = earliest;
      if (this.#singles.pop()) this.ok++;
      else this.failed++;
    }
    this.#busyMs += this.count * (untilMs - this.#sinceMs);
    this.#sinceMs = untilMs;
    return this.#busyMs;
  }

  /** Single ones that end in the tick join the others that do. */
  join(tick: Tick): void {
    while (this.#singles.earliest < tick.endMs) this.#together.addAt(tick, tick.startMs, this.#singles.pop());
  }

  beginMany(tick: Tick, durationMs: number, counts: { ok: number; failed: number }, sampler: Sampler): void {
    this.#together.addSpread(tick, durationMs, counts.ok, counts.failed, sampler);
  }

  /** Ends the tick: who leaves in it does, and no more than `limit` stay; chance may have put a few ends just beyond it. */
  settle(tick: Tick, limit: number): void {
    const staying = this.count - this.#together.leaving(tick);
    if (staying > limit) this.#together.bringForward(tick, staying - limit);
    const { ok, failed } = this.#together.drain(tick);
    this.ok += ok;
    this.failed += failed;
  }
}
