import type { ClockTimer } from './clock.ts';
import { type AdvanceOptions, nextTurn, type SteeredClock } from './steered-clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** Time that stands still until `advance` moves it. */
export class VirtualClock implements SteeredClock {
  readonly #timers = new TimerQueue();
  #nowMs: number;
  #settle: () => Promise<void> = nextTurn;
  #moves: Promise<void> = Promise.resolve();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, task: () => void): ClockTimer {
    return this.#timers.add(this.#nowMs + Math.max(0, delayMs), task);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(delayMs, resolve));
  }

  settleWith(settle: () => Promise<void>): void {
    this.#settle = settle;
  }

  /** Moves that overlap run one after the other. */
  advance(ms: number, options: AdvanceOptions = {}): Promise<void> {
    const settle = options.whileBusy ? nextTurn : this.#settle;
    const move = this.#moves.then(() => this.#moveTo(this.#nowMs + ms, settle));
    this.#moves = move.catch(() => undefined);
    return move;
  }

  async #moveTo(targetMs: number, settle: () => Promise<void>): Promise<void> {
    await settle();
    for (let due = this.#timers.nextDueMs(); due !== undefined && due <= targetMs; due = this.#timers.nextDueMs()) {
      this.#nowMs = Math.max(this.#nowMs, due);
      this.#timers.takeDue(this.#nowMs)?.();
      await settle();
    }
    this.#nowMs = targetMs;
    await settle();
  }
}
