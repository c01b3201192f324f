import type { Sampler } from '../random/sampler.ts';
import type { Tick } from '../tick.ts';

/** Longest that anything stays: 900 s of timeout and 10 s of init, and a little. */
const HORIZON_MS = 920_000;

/**
 * Who is under way and when they leave: counts by the tick of leaving, as whole numbers. `failed` leave with an error, `ok` without one.
 * What is inside is always what came in less what left, so nothing can be lost or counted twice.
 */
export class Departures {
  readonly #tickMs: number;
  readonly #slots: number;
  readonly #ok: Float64Array;
  readonly #failed: Float64Array;
  inFlight = 0;

  constructor(tickMs: number) {
    this.#tickMs = tickMs;
    this.#slots = Math.ceil(HORIZON_MS / tickMs) + 3;
    this.#ok = new Float64Array(this.#slots);
    this.#failed = new Float64Array(this.#slots);
  }

  /**
   * `ok` and `failed` that started at times spread evenly over the tick and stay `durationMs`: their ends are spread evenly over as long, which
   * is parts of two ticks.
   */
  addSpread(tick: Tick, durationMs: number, ok: number, failed: number, sampler: Sampler): void {
    const ticks = Math.min(durationMs / this.#tickMs, this.#slots - 2);
    const whole = Math.floor(ticks);
    const laterShare = ticks - whole;
    const slot = (tick.index + whole) % this.#slots;
    const next = (slot + 1) % this.#slots;
    if (ok > 0) {
      const later = sampler.round(ok * laterShare);
      this.#ok[slot]! += ok - later;
      this.#ok[next]! += later;
    }
    if (failed > 0) {
      const later = sampler.round(failed * laterShare);
      this.#failed[slot]! += failed - later;
      this.#failed[next]! += later;
    }
    this.inFlight += ok + failed;
  }

  /** `count` that leave at a time; not before the tick under way. */
  addAt(tick: Tick, endMs: number, isOk: boolean, count = 1): void {
    const ahead = Math.min(Math.max(0, Math.floor(endMs / this.#tickMs) - tick.index), this.#slots - 1);
    (isOk ? this.#ok : this.#failed)[(tick.index + ahead) % this.#slots]! += count;
    this.inFlight += count;
  }

  /** How many leave in this tick, as far as is known. */
  leaving(tick: Tick): number {
    const slot = tick.index % this.#slots;
    return this.#ok[slot]! + this.#failed[slot]!;
  }

  /** Brings up to `count` departures of the next tick forward to this one. */
  bringForward(tick: Tick, count: number): void {
    const slot = tick.index % this.#slots;
    const next = (slot + 1) % this.#slots;
    for (const lane of [this.#ok, this.#failed]) {
      const moved = Math.min(count, lane[next]!);
      lane[next]! -= moved;
      lane[slot]! += moved;
      count -= moved;
    }
  }

  /** Takes out who leaves in this tick. */
  drain(tick: Tick): { readonly ok: number; readonly failed: number } {
    const slot = tick.index % this.#slots;
    const left = { ok: this.#ok[slot]!, failed: this.#failed[slot]! };
    this.#ok[slot] = 0;
    this.#failed[slot] = 0;
    this.inFlight -= left.ok + left.failed;
    return left;
  }
}
