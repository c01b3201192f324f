import { LIMITS } from '../aws/limits.ts';
import type { Tick } from '../tick.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { ScalingWindow } from './scaling-window.ts';

/**
 * How many requests a function may begin: the rate that it has lately served, and at most 10,000 a second more in any 10 seconds
 * (https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html). A rate is kept as long as idle environments are; provisioned
 * environments bring theirs, ten requests a second each, without waiting.
 */
export class RequestRamp {
  readonly #rates: EnvironmentPool;
  readonly #raises: ScalingWindow;

  constructor(tickMs: number, keepAliveMs: number) {
    this.#rates = new EnvironmentPool(keepAliveMs);
    this.#raises = new ScalingWindow(tickMs, LIMITS.requestsPerSecondPerScalingPeriod);
  }

  /** Requests that may begin in this tick. */
  left(tick: Tick, provisioned: number): number {
    this.#rates.expire(tick.startMs);
    return ((this.#served(provisioned) + this.#raises.left(tick)) * tick.lengthMs) / 1000;
  }

  serve(tick: Tick, requests: number, provisioned: number): void {
    const rate = (requests * 1000) / tick.lengthMs;
    this.#raises.create(tick, Math.max(0, rate - this.#served(provisioned)));
    this.#rates.use(tick.startMs, rate);
  }

  #served(provisioned: number): number {
    return Math.max(this.#rates.size, provisioned * LIMITS.requestsPerSecondPerConcurrency);
  }
}
