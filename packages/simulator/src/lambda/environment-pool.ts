/**
 * On-demand environments of a function. A request is given the environment that was used last, so of the environments ordered by use the one
 * at rank r was last needed when r were needed at once; idle ones go `keepAliveMs` after that. The pool is therefore the largest need of the
 * last `keepAliveMs`: a sliding-window maximum, kept in a falling sequence of (need, time).
 */
export class EnvironmentPool {
  readonly #keepAliveMs: number;
  readonly #needs: number[] = [];
  readonly #times: number[] = [];
  #first = 0;

  constructor(keepAliveMs: number) {
    this.#keepAliveMs = keepAliveMs;
  }

  /** Environments that exist, busy and idle. */
  get size(): number {
    return this.#needs[this.#first] ?? 0;
  }

  /** Lets go what has been idle for too long. */
  expire(nowMs: number): void {
    while (this.#first < this.#needs.length && this.#times[this.#first]! < nowMs - this.#keepAliveMs) this.#first++;
    if (this.#first > 1_000) {
      this.#needs.splice(0, this.#first);
      this.#times.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** `need` environments were in use at once; those that did not exist have been created. */
  use(nowMs: number, need: number): void {
    if (need <= 0) return;
    while (this.#needs.length > this.#first && this.#needs.at(-1)! <= need) {
      this.#needs.pop();
      this.#times.pop();
    }
    this.#needs.push(need);
    this.#times.push(nowMs);
  }

  /** Every idle environment goes; the busy ones stay until they are done. */
  reset(nowMs: number, busy: number): void {
    this.#needs.length = 0;
    this.#times.length = 0;
    this.#first = 0;
    this.use(nowMs, busy);
  }
}
