import type { Caller } from '../lambda/caller.ts';
import { isActive } from '../lambda/effects.ts';
import type { Tick } from '../tick.ts';
import type { MappingParts } from './mapping-parts.ts';
import type { Queue } from './queue.ts';

/** A queue's message that no attempt can process: it is received after each visibility timeout, until it has been received as often as the queue allows. */
export class QueuePoison {
  readonly #queue: Queue;
  readonly #parts: MappingParts;
  #message: { dueMs: number; receives: number } | undefined;

  constructor(queue: Queue, parts: MappingParts) {
    this.#queue = queue;
    this.#parts = parts;
  }

  /** Messages that are not in the dead-letter queue yet. */
  get count(): number {
    return this.#message ? 1 : 0;
  }

  /** Receives what comes in the tick, or is due in it; gives how many go to the dead-letter queue. */
  receive(tick: Tick): number {
    const { target, spec } = this.#parts;
    const { visibilityTimeout, maxReceiveCount } = this.#queue.spec;
    this.#arrive(tick);
    const message = this.#message;
    if (!message || message.dueMs > tick.startMs) return 0;
    if (message.receives >= maxReceiveCount) {
      this.#message = undefined;
      return 1;
    }
    const nobody: Caller = { throttled() {}, invoked() {}, invokedAt() {} };
    target.demand({ caller: nobody, count: 1, alwaysFails: true, extraCpuMs: spec.perRecordMs });
    this.#message = { dueMs: tick.startMs + visibilityTimeout, receives: message.receives + 1 };
    return 0;
  }

  #arrive(tick: Tick): void {
    for (const fault of this.#parts.faults)
      if (
        fault.kind === 'poison-message' &&
        fault.at >= tick.startMs &&
        fault.at < tick.endMs &&
        isActive(fault, fault.at)
      ) {
        this.#message = { dueMs: tick.startMs, receives: 0 };
        this.#queue.received += 1;
      }
  }
}
