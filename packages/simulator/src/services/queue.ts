import { LIMITS } from '../aws/limits.ts';
import type { Caller } from '../lambda/caller.ts';
import { Departures } from '../lambda/departures.ts';
import { isActive } from '../lambda/effects.ts';
import type { Meter } from '../measure/meter.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import { Backlog } from './backlog.ts';
import type { Dependency } from './dependency.ts';
import type { MappingParts } from './stream-mapping.ts';

const DEFAULT_BATCH = 10;
const LONG_POLL_MS = 20_000;

/** A standard SQS queue. Messages in = deleted + dead-lettered + waiting + hidden + in a batch. */
export class Queue implements Dependency {
  readonly name: string;
  readonly spec: Scenario['queues'][string];
  readonly meter: Meter;
  readonly putCallMs: number;
  #asked = 0;
  received = 0;
  readonly waiting: Backlog[] = [];

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
    const messages = Math.round(this.#asked);
    this.#asked = 0;
    this.received += messages;
    this.waiting[0]!.add(tick.startMs + tick.lengthMs / 2, messages);
    this.meter.add(this.name, 'queueRequests', messages);
  }

  ageOfOldestMs(nowMs: number): number {
    return Math.max(0, ...this.waiting.map((backlog) => nowMs - (backlog.oldestMs ?? nowMs)));
  }
}

/** Messages that one receive count has in the hands of the function. */
interface Lane {
  readonly caller: Caller;
  batches: number;
  messages: number;
  oldestMs: number;
}

/**
 * A queue's event source mapping (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html): five batches at a time at first, 300 a
 * minute more while messages wait, up to 1,000 or the maximum concurrency. A failed batch's messages come back after the visibility timeout and
 * go to the dead-letter queue after `maxReceiveCount` receives.
 */
export class QueueMapping {
  maximumConcurrency: number | undefined;
  isPaused = false;
  deleted = 0;
  deadLettered = 0;
  readonly #queue: Queue;
  readonly #parts: MappingParts;
  readonly #batches: Departures;
  readonly #held: Departures;
  readonly #lanes: readonly Lane[];
  #hidden: { dueMs: number; count: number; receives: number }[] = [];
  #pollers: number = LIMITS.queuePollers.first;
  #poison: { dueMs: number; receives: number } | undefined;

  constructor(queue: Queue, parts: MappingParts) {
    this.#queue = queue;
    this.#parts = parts;
    this.maximumConcurrency = parts.spec.maximumConcurrency;
    this.#batches = new Departures(parts.tickMs);
    this.#held = new Departures(parts.tickMs);
    this.#lanes = queue.waiting.map((_, receives) => this.#laneOf(receives));
  }

  get source(): string {
    return this.#queue.name;
  }

  get inBatches(): number {
    return this.#held.inFlight;
  }

  get hidden(): number {
    return this.#hidden.reduce((sum, { count }) => sum + count, 0);
  }

  poll(tick: Tick): void {
    this.#show(tick);
    this.#scalePollers(tick);
    if (this.isPaused) return;
    this.#handlePoison(tick);
    this.#billEmptyPolls(tick);
    for (const [receives, lane] of this.#lanes.entries()) this.#pollLane(tick, lane, this.#queue.waiting[receives]!);
  }

  endTick(tick: Tick): void {
    this.#batches.drain(tick);
    this.deleted += this.#held.drain(tick).ok;
  }

  #pollLane(tick: Tick, lane: Lane, waiting: Backlog): void {
    if (waiting.size === 0) return;
    const { spec, target, tickMs } = this.#parts;
    const batchSize = spec.batchSize ?? DEFAULT_BATCH;
    const turns = Math.max(1, tickMs / target.model.meanDurationMs(spec.perRecordMs * batchSize));
    const free = Math.floor(Math.max(0, this.#pollers - this.#batches.inFlight) * turns);
    const batches = Math.min(free, waiting.size);
    if (batches === 0) return;
    lane.oldestMs = waiting.oldestMs ?? tick.startMs;
    lane.messages = waiting.take(Math.min(waiting.size, batches * batchSize));
    lane.batches = batches;
    // A receive and a delete for each batch.
    this.#queue.meter.add(this.#queue.name, 'queueRequests', 2 * batches);
    target.demand({ caller: lane.caller, count: batches, extraCpuMs: (spec.perRecordMs * lane.messages) / batches });
  }

  /** Long polls that come back empty are requests, too: each poller asks three times a minute. */
  #billEmptyPolls(tick: Tick): void {
    if (this.#queue.size > 0) return;
    this.#queue.meter.add(
      this.#queue.name,
      'queueRequests',
      (LIMITS.queuePollers.first * tick.lengthMs) / LONG_POLL_MS,
    );
  }

  #scalePollers(tick: Tick): void {
    const { first, perMinute, most } = LIMITS.queuePollers;
    const cap = Math.min(most, this.maximumConcurrency ?? most);
    const isBusy = this.#queue.size > 0 && this.#batches.inFlight >= 0.8 * Math.floor(this.#pollers);
    const hasMore = this.#queue.size > this.#pollers * (this.#parts.spec.batchSize ?? DEFAULT_BATCH);
    if (isBusy || hasMore) this.#pollers += (perMinute * tick.lengthMs) / 60_000;
    else if (this.#queue.size === 0)
      this.#pollers = Math.max(first, this.#pollers - (perMinute * tick.lengthMs) / 60_000);
    this.#pollers = Math.min(cap, this.#pollers);
  }

  #show(tick: Tick): void {
    if (this.#hidden.length === 0) return;
    const due = this.#hidden.filter(({ dueMs }) => dueMs <= tick.startMs);
    if (due.length === 0) return;
    this.#hidden = this.#hidden.filter(({ dueMs }) => dueMs > tick.startMs);
    for (const { count, receives } of due) this.#queue.waiting[receives]!.add(tick.startMs, count);
  }

  #handlePoison(tick: Tick): void {
    const { faults, target, spec } = this.#parts;
    for (const fault of faults)
      if (
        fault.kind === 'poison-message' &&
        fault.at >= tick.startMs &&
        fault.at < tick.endMs &&
        isActive(fault, fault.at)
      ) {
        this.#poison = { dueMs: tick.startMs, receives: 0 };
        this.#queue.received += 1;
      }
    const poison = this.#poison;
    if (!poison || poison.dueMs > tick.startMs) return;
    if (poison.receives >= this.#queue.spec.maxReceiveCount) {
      this.deadLettered += 1;
      this.#poison = undefined;
      return;
    }
    const nobody: Caller = { throttled() {}, invoked() {}, invokedAt() {} };
    target.demand({ caller: nobody, count: 1, alwaysFails: true, extraCpuMs: spec.perRecordMs });
    this.#poison = { dueMs: tick.startMs + this.#queue.spec.visibilityTimeout, receives: poison.receives + 1 };
  }

  /** Messages that no attempt can process and that are not in the dead-letter queue yet. */
  get poisonous(): number {
    return this.#poison ? 1 : 0;
  }

  #laneOf(receives: number): Lane {
    const messagesOf = (batches: number): number => {
      const messages = batches >= lane.batches ? lane.messages : Math.round((lane.messages * batches) / lane.batches);
      lane.batches -= batches;
      lane.messages -= messages;
      return messages;
    };
    const fail = (messages: number, endMs: number): void => {
      if (messages === 0) return;
      if (receives + 1 >= this.#queue.spec.maxReceiveCount) this.deadLettered += messages;
      else this.#hide(messages, endMs + this.#queue.spec.visibilityTimeout, receives + 1);
    };
    const caller: Caller = {
      throttled: (_tick, count) => this.#queue.waiting[receives]!.putBack(lane.oldestMs, messagesOf(count)),
      invoked: (tick, durationMs, count, failed) => {
        const good = messagesOf(count - failed);
        fail(messagesOf(failed), tick.endMs + durationMs);
        this.#batches.addSpread(tick, durationMs, count, 0, this.#parts.sampler);
        this.#held.addSpread(tick, durationMs, good, 0, this.#parts.sampler);
      },
      invokedAt: (tick, startMs, durationMs, isOk) => {
        const messages = messagesOf(1);
        this.#batches.addAt(tick, startMs + durationMs, true);
        if (isOk) this.#held.addAt(tick, startMs + durationMs, true, messages);
        else fail(messages, startMs + durationMs);
      },
    };
    const lane: Lane = { caller, batches: 0, messages: 0, oldestMs: 0 };
    return lane;
  }

  #hide(count: number, dueMs: number, receives: number): void {
    const dueTickMs = Math.ceil(dueMs / this.#parts.tickMs) * this.#parts.tickMs;
    const same = this.#hidden.find((hidden) => hidden.dueMs === dueTickMs && hidden.receives === receives);
    if (same) same.count += count;
    else this.#hidden.push({ dueMs: dueTickMs, count, receives });
  }
}
