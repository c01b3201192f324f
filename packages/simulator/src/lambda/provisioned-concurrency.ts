import { LIMITS } from '../aws/limits.ts';

const PAID_BLOCK_MS = 300_000;

/**
 * Environments that are kept ready: allocated at 6,000 a minute after a delay, none of the added ones usable until all are
 * (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html). Paid from the moment they are asked for until they are taken away, rounded
 * up to five minutes (https://aws.amazon.com/lambda/pricing/).
 */
export class ProvisionedConcurrency {
  readonly #delayMs: number;
  #ready: number;
  #target: number;
  #readyAtMs = 0;
  #enabledAtMs = 0;
  #disabled = { count: 0, paidUntilMs: 0 };

  constructor(initial: number, delayMs: number) {
    this.#ready = initial;
    this.#target = initial;
    this.#delayMs = delayMs;
  }

  get requested(): number {
    return this.#target;
  }

  request(nowMs: number, target: number): void {
    if (this.#target === 0) this.#enabledAtMs = nowMs;
    else if (target === 0) {
      const blocks = Math.ceil((nowMs - this.#enabledAtMs) / PAID_BLOCK_MS);
      this.#disabled = { count: this.#target, paidUntilMs: this.#enabledAtMs + blocks * PAID_BLOCK_MS };
    }
    this.#target = target;
    if (target <= this.#ready) this.#ready = target;
    const added = target - this.#ready;
    this.#readyAtMs = nowMs + this.#delayMs + (60_000 * added) / LIMITS.provisionedPerMinute;
  }

  /** Environments that are paid for now. */
  paid(nowMs: number): number {
    return nowMs < this.#disabled.paidUntilMs ? Math.max(this.#target, this.#disabled.count) : this.#target;
  }

  /** Environments that can take a request now. */
  ready(nowMs: number): number {
    if (nowMs >= this.#readyAtMs) this.#ready = this.#target;
    return this.#ready;
  }
}
