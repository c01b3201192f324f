import type { FunctionWindow } from '@lamplighter/contracts';
import { billedMs, type Invocations, WindowRecorder } from '../../measure/window-recorder.ts';
import type { FunctionSpec } from '../../scenario/scenario.ts';

/** What became of a function's requests: since the beginning, in the tick, and by the minute. */
export class FunctionTally {
  readonly #recorder: WindowRecorder;
  #billedMs = 0;
  #provisionedMs = 0;
  requests = 0;
  throttled = 0;
  /** What was billed of the last tick so far. */
  get billedMs(): number {
    return this.#billedMs;
  }

  /** Figures of the last tick. */
  last = emptyTick(0);

  constructor(functionName: string, architecture: FunctionSpec['architecture'], epochMs: number) {
    this.#recorder = new WindowRecorder(functionName, architecture, epochMs);
  }

  beginTick(requests: number): void {
    this.requests += requests;
    this.last = emptyTick(requests);
  }

  /** So many requests come later than was said. */
  postpone(count: number): void {
    this.requests -= count;
    this.last.requests -= count;
  }

  throttle(count: number): void {
    this.throttled += count;
    this.last.throttled += count;
  }

  record(invocations: Invocations): void {
    const { last } = this;
    const { count, outcome, durationMs, initMs } = invocations;
    this.#recorder.add(invocations);
    last.invoked += count;
    last.durationMs += count * (durationMs + initMs);
    if (outcome !== 'success') last.errors += count;
    if (initMs > 0) last.coldStarts += count;
    this.#billedMs += count * billedMs(durationMs, initMs);
  }

  /** So much of what was billed ran in provisioned environments. */
  countProvisioned(ms: number): void {
    this.#provisionedMs += ms;
  }

  /** What is billed since it was last asked, all of it and what ran in provisioned environments. */
  takeBilledMs(): { readonly all: number; readonly provisioned: number } {
    const billed = { all: this.#billedMs, provisioned: this.#provisionedMs };
    this.#billedMs = 0;
    this.#provisionedMs = 0;
    return billed;
  }

  /** Windows of the minutes that are over. */
  closeWindows(nowMs: number): FunctionWindow[] {
    return this.#recorder.closeBefore(nowMs);
  }
}

/** Figures of one tick. `busyMs` is the time under way of all requests within it, `durationMs` the whole time of those that began in it. */
const emptyTick = (requests: number) => ({
  requests,
  invoked: 0,
  throttled: 0,
  errors: 0,
  coldStarts: 0,
  peak: 0,
  created: 0,
  busyMs: 0,
  durationMs: 0,
  /** Work on one vCPU. */
  cpuMs: 0,
});
