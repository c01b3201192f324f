import { ReleaseHeap } from './release-heap.ts';

/** After an invocation has ended the next one begins, ms. */
const NEXT_MS = 1e-3;

/** Places for so many invocations at once, and when one is free: a mapping's pollers, provisioned environments. */
export class Slots {
  readonly #ends = new ReleaseHeap();
  most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** When a place is free, from a time on; times do not go back. `Infinity` where there is none at all. */
  freeAt(atMs: number): number {
    while (this.#ends.earliest <= atMs) this.#ends.pop();
    return this.#ends.size < this.most ? atMs : this.#ends.earliest + NEXT_MS;
  }

  take(endMs: number): void {
    this.#ends.push(endMs, true);
  }
}
