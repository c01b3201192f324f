import { LIMITS } from '../aws/limits.ts';

/**
 * Environments that are kept ready: allocated at 6,000 a minute after a delay, none of the added ones usable until all are
 * (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html). Paid from the moment they are asked for.
 */
export class ProvisionedConcurrency {
  readonly #delayMs: number;
  #ready: number;
  #target: number;
  #readyAtMs = 0;

  constructor(initial: number, delayMs: number) {
    this.#ready = initial;
    this.#target = initial;
    this.#delayMs = delayMs;
  }

  get requested(): number {
    return this.#target;
  }

  request(nowMs: number, target: number): void {
    this.#target = target;
    if (target <= this.#ready) this.#ready = target;
    const added = target - this.#ready;
    this.#readyAtMs = nowMs + this.#delayMs + (60_000 * added) / LIMITS.provisionedPerMinute;
  }

  /** Environments that can take a request now. */
  ready(nowMs: number): number {
    if (nowMs >= this.#readyAtMs) this.#ready = this.#target;
    return this.#ready;
  }
}
