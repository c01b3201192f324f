import type { ClockTimer } from './clock.ts';
import { realTimer } from './real-timer.ts';
import { type AdvanceOptions, nextTurn, type SteeredClock } from './steered-clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** Time that runs at real speed from a chosen instant, and can be jumped forward: a replay runs at the time of its logs. */
export class OffsetClock implements SteeredClock {
  readonly #timers = new TimerQueue();
  readonly #realNow: () => number;
  #offsetMs: number;
  #alarm: ClockTimer | undefined;
  #settle: () => Promise<void> = nextTurn;

  constructor(startMs: number, realNow: () => number = () => Date.now()) {
    this.#realNow = realNow;
    this.#offsetMs = startMs - realNow();
  }

  now(): number {
    return this.#realNow() + this.#offsetMs;
  }

  schedule(delayMs: number, task: () => void): ClockTimer {
    const timer = this.#timers.add(this.now() + Math.max(0, delayMs), task);
    this.#setAlarm();
    return timer;
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(delayMs, resolve));
  }

  settleWith(settle: () => Promise<void>): void {
    this.#settle = settle;
  }

  async advance(ms: number, options: AdvanceOptions = {}): Promise<void> {
    const settle = options.whileBusy ? nextTurn : this.#settle;
    const targetMs = this.now() + ms;
    await settle();
    for (let due = this.#timers.nextDueMs(); due !== undefined && due <= targetMs; due = this.#timers.nextDueMs()) {
      this.#jumpTo(due);
      this.#timers.takeDue(due)?.();
      await settle();
    }
    this.#jumpTo(targetMs);
    await settle();
    this.#setAlarm();
  }

  /** Never back: real time may have passed the target while work settled. */
  #jumpTo(ms: number): void {
    this.#offsetMs += Math.max(0, ms - this.now());
  }

  /** One real timer, for the task that is due next. */
  #setAlarm(): void {
    this.#alarm?.cancel();
    const due = this.#timers.nextDueMs();
    if (due === undefined) return;
    this.#alarm = realTimer(due - this.now(), () => {
      for (let task = this.#timers.takeDue(this.now()); task; task = this.#timers.takeDue(this.now())) task();
      this.#setAlarm();
    });
  }
}
