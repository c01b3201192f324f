import type { Caller } from '../lambda/caller.ts';
import { Departures } from '../lambda/departures.ts';
import type { Sampler } from '../random/sampler.ts';
import type { Tick } from '../tick.ts';

export interface SyncClientOptions {
  readonly tickMs: number;
  readonly sampler: Sampler;
  /** What lies between the client and the function. */
  readonly overheadMs: number;
  /** How long the client waits before it takes the request for failed. */
  readonly timeoutMs: number;
}

/** Who waits for a function's answer. Requests = served + throttled + failed + in flight. */
export class SyncClient implements Caller {
  readonly #options: SyncClientOptions;
  readonly #departures: Departures;
  requests = 0;
  throttledCount = 0;
  served = 0;
  failed = 0;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    this.#departures = new Departures(options.tickMs);
  }

  get inFlight(): number {
    return this.#departures.inFlight;
  }

  throttled(_tick: Tick, count: number): void {
    this.throttledCount += count;
  }

  invoked(tick: Tick, durationMs: number, count: number, failed: number): void {
    const { overheadMs, timeoutMs, sampler } = this.#options;
    const waitMs = durationMs + overheadMs;
    if (waitMs > timeoutMs) this.#departures.addSpread(tick, timeoutMs, 0, count, sampler);
    else this.#departures.addSpread(tick, waitMs, count - failed, failed, sampler);
  }

  invokedAt(tick: Tick, startMs: number, durationMs: number, isOk: boolean): void {
    const { overheadMs, timeoutMs } = this.#options;
    const waitMs = durationMs + overheadMs;
    this.#departures.addAt(tick, startMs + Math.min(waitMs, timeoutMs), isOk && waitMs <= timeoutMs);
  }

  endTick(tick: Tick): void {
    const { ok, failed } = this.#departures.drain(tick);
    this.served += ok;
    this.failed += failed;
  }
}
