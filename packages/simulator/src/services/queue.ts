import type { Meter } from '../measure/meter.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import { Backlog } from './backlog.ts';
import { type Dependency, wholeOf } from './dependency.ts';

/** Batches that were received together and wait for the function to take them. */
export interface Hand {
  /** Receives of its messages before this one. */
  readonly receives: number;
  /** When the visibility timeout of this receive is over. */
  readonly visibleAtMs: number;
  readonly oldestMs: number;
  batches: number;
  messages: number;
  retryAtMs: number;
  waitMs: number;
}

/** A standard SQS queue. Messages in = deleted + dead-lettered + waiting + hidden + in a batch. */
export class Queue implements Dependency {
  readonly name: string;
  readonly spec: Scenario['queues'][string];
  readonly meter: Meter;
  readonly putCallMs: number;
  #asked = 0;
  received = 0;
  /** Messages that can be received, by how often they were. */
  readonly waiting: readonly Backlog[];
  /** Received batches that were throttled. */
  throttled: Hand[] = [];

  constructor(name: string, spec: Scenario['queues'][string], parts: { meter: Meter; putCallMs: number }) {
    this.name = name;
    this.spec = spec;
    this.meter = parts.meter;
    this.putCallMs = parts.putCallMs;
    this.waiting = Array.from({ length: spec.maxReceiveCount }, () => new Backlog());
  }

  get failShare(): number {
    return 0;
  }

  get size(): number {
    return this.waiting.reduce((sum, backlog) => sum + backlog.size, 0);
  }

  callMs(messages: number): { usual: number; extra: number } {
    return { usual: messages > 0 ? this.putCallMs : 0, extra: 0 };
  }

  ask(count: number, messages: number): void {
    this.#asked += count * messages;
  }

  hold(): void {}

  endTick(tick: Tick): void {
    const messages = wholeOf(this.#asked);
    this.#asked -= messages;
    this.received += messages;
    this.waiting[0]!.add(tick.startMs + tick.lengthMs / 2, messages);
    this.meter.add(this.name, 'queueRequests', messages);
  }

  ageOfOldestMs(nowMs: number): number {
    const ages = this.waiting.map((backlog) => nowMs - (backlog.oldestMs ?? nowMs));
    return Math.max(0, ...ages, ...this.throttled.map(({ oldestMs }) => nowMs - oldestMs));
  }
}
