import { createSampler, type Sampler } from '../random/sampler.ts';
import type { Tick } from '../tick.ts';
import { type Curve, rateAt } from '../workload/curve.ts';

/** Even arrivals up to which their moments are told; above it they are spread by the tick alone. */
const TIMED_ARRIVALS = 2_000;

/** Where requests arrive. */
export type Receiver = (tick: Tick, count: number, timesMs?: readonly number[]) => void;

/** A curve's requests, tick by tick. */
export class Traffic {
  readonly target: string;
  readonly #curve: Curve;
  readonly #receive: Receiver;
  readonly #sampler: Sampler;
  readonly #noise = new Map<number, number>();
  readonly #seed: number;
  #expected = 0;
  sent = 0;

  constructor(target: string, curve: Curve, parts: { receive: Receiver; seed: number; index: number }) {
    this.target = target;
    this.#curve = curve;
    this.#receive = parts.receive;
    this.#seed = parts.seed;
    this.#sampler = createSampler(parts.seed, `traffic/${parts.index}/${target}`);
  }

  send(tick: Tick): void {
    const rate = rateAt(this.#curve, tick.startMs + tick.lengthMs / 2, (minute) => this.#noiseOf(minute));
    const expected = (rate * tick.lengthMs) / 1000;
    if (this.#curve.arrivals === 'even') this.#sendEvenly(tick, expected);
    else this.#deliver(tick, this.#sampler.poisson(expected));
  }

  #sendEvenly(tick: Tick, expected: number): void {
    const before = this.#expected;
    this.#expected += expected;
    const first = Math.floor(before + 1e-6) + 1;
    const count = Math.floor(this.#expected + 1e-6) - first + 1;
    const at = (index: number): number =>
      tick.startMs + (tick.lengthMs * Math.max(0, first + index - before)) / expected;
    const isTimed = count <= TIMED_ARRIVALS;
    const timesMs = Array.from({ length: isTimed ? count : 0 }, (_, index) => Math.min(at(index), tick.endMs - 1e-3));
    this.#deliver(tick, count, isTimed ? timesMs : undefined);
  }

  #deliver(tick: Tick, count: number, timesMs?: readonly number[]): void {
    if (count === 0) return;
    this.sent += count;
    this.#receive(tick, count, timesMs);
  }

  /** A minute's draw is its own whatever is asked before it. */
  #noiseOf(minute: number): number {
    let noise = this.#noise.get(minute);
    if (noise === undefined) {
      noise = createSampler(this.#seed, `noise/${this.target}/${minute}`).normal();
      this.#noise.set(minute, noise);
    }
    return noise;
  }
}
