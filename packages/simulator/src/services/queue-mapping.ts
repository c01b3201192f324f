import { LIMITS } from '../aws/limits.ts';
import type { Caller } from '../lambda/caller.ts';
import { Departures } from '../lambda/departures.ts';
import { isActive } from '../lambda/effects.ts';
import { Slots } from '../lambda/slots.ts';
import type { Tick } from '../tick.ts';
import type { Hand, Queue } from './queue.ts';
import type { MappingParts } from './stream-mapping.ts';

const DEFAULT_BATCH = 10;
const LONG_POLL_MS = 20_000;
/** Messages of one ReceiveMessage or DeleteMessageBatch, however large a batch is. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MESSAGES_A_CALL = 10;

/**
 * A queue's event source mapping (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html): five batches at a time at first, 300 a
 * minute more while messages wait, up to 1,250 or the maximum concurrency; a poller gathers a batch until it is full or its window is over. A failed
 * batch's messages come back after the visibility timeout and go to the dead-letter queue after `maxReceiveCount` receives. A throttled batch is tried
 * again, ever more slowly, until that timeout is over, and then has used up a receive as well
 * (https://docs.aws.amazon.com/lambda/latest/operatorguide/sqs-retries.html).
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
  #hidden: { dueMs: number; count: number; receives: number }[] = [];
  /** Batches at once: whole ones of what has grown so far. */
  #grown: number = LIMITS.queuePollers.first;
  readonly #pollers = new Slots(LIMITS.queuePollers.first);
  #poison: { dueMs: number; receives: number } | undefined;

  constructor(queue: Queue, parts: MappingParts) {
    this.#queue = queue;
    this.#parts = parts;
    this.maximumConcurrency = parts.spec.maximumConcurrency;
    this.#batches = new Departures(parts.tickMs);
    this.#held = new Departures(parts.tickMs);
  }

  get source(): string {
    return this.#queue.name;
  }

  get inBatches(): number {
    return this.#held.inFlight;
  }

  get hidden(): number {
    const failed = this.#hidden.reduce((sum, { count }) => sum + count, 0);
    return this.#queue.throttled.reduce((sum, { messages }) => sum + messages, failed);
  }

  get #busyPollers(): number {
    return this.#queue.throttled.reduce((sum, { batches }) => sum + batches, this.#batches.inFlight);
  }

  poll(tick: Tick): void {
    this.#show(tick);
    this.#giveUpThrottled(tick);
    this.#scalePollers(tick);
    if (this.isPaused) return;
    this.#handlePoison(tick);
    this.#billEmptyPolls(tick);
    this.#retryThrottled(tick);
    let free = this.#freeBatches(tick);
    for (const receives of this.#oldestFirst()) free -= this.#receive(tick, receives, free);
  }

  endTick(tick: Tick): void {
    this.#batches.drain(tick);
    this.deleted += this.#held.drain(tick).ok;
    this.#queue.throttled = this.#queue.throttled.filter(({ batches }) => batches > 0);
  }

  #oldestFirst(): number[] {
    const oldestMs = this.#queue.waiting.map((backlog) => backlog.oldestMs ?? Number.POSITIVE_INFINITY);
    return [...oldestMs.keys()].sort((a, b) => oldestMs[a]! - oldestMs[b]!);
  }

  get #batchSize(): number {
    return this.#parts.spec.batchSize ?? DEFAULT_BATCH;
  }

  /** Batches that can begin in the tick: those that end in it make room. */
  #freeBatches(tick: Tick): number {
    const { spec, target, tickMs, sampler } = this.#parts;
    const turns = Math.max(1, tickMs / target.model.meanDurationMs(spec.perRecordMs * this.#batchSize));
    const staying = this.#busyPollers - this.#batches.leaving(tick);
    return sampler.round(Math.max(0, this.#pollers.most - staying) * turns);
  }

  /** Batches of so many messages that are handed on in the tick: full ones, and those whose window is over. */
  #ripe(tick: Tick, waiting: number): number {
    const { spec, sampler } = this.#parts;
    if (spec.window === 0) return waiting;
    return Math.floor(waiting / this.#batchSize) + sampler.round((this.#pollers.most * tick.lengthMs) / spec.window);
  }

  /** Gives how many batches it received. */
  #receive(tick: Tick, receives: number, free: number): number {
    const waiting = this.#queue.waiting[receives]!;
    const batches = Math.min(free, waiting.size, this.#ripe(tick, waiting.size));
    if (batches <= 0) return 0;
    const hand: Hand = {
      receives,
      visibleAtMs: tick.startMs + this.#queue.spec.visibilityTimeout,
      oldestMs: waiting.oldestMs ?? tick.startMs,
      batches,
      messages: waiting.take(Math.min(waiting.size, batches * this.#batchSize)),
      retryAtMs: tick.startMs + this.#parts.assumptions.queueRetryMs,
      waitMs: this.#parts.assumptions.queueRetryMs,
    };
    this.#billCalls(hand.messages, batches);
    this.#queue.throttled.push(hand);
    // While messages wait, a batch begins as soon as the one before it has ended.
    this.#ask(hand, waiting.size > 0 ? tick.startMs : undefined);
    return batches;
  }

  /** Receives or deletes of so many messages in so many batches. */
  #billCalls(messages: number, batches: number): void {
    const calls = batches * Math.ceil(messages / Math.max(1, batches) / MESSAGES_A_CALL);
    this.#queue.meter.add(this.#queue.name, 'queueRequests', calls);
  }

  /** Whoever is not taken in this tick stays in the hand: it was throttled. */
  #ask(hand: Hand, atMs?: number): void {
    const { spec, target } = this.#parts;
    const { batches: count } = hand;
    const extraCpuMs = (spec.perRecordMs * hand.messages) / count;
    const timesMs = atMs === undefined ? {} : { timesMs: Array<number>(count).fill(atMs) };
    target.demand({ caller: this.#callerOf(hand), pollers: this.#pollers, count, extraCpuMs, ...timesMs });
  }

  #retryThrottled(tick: Tick): void {
    for (const hand of this.#queue.throttled) {
      if (hand.retryAtMs > tick.startMs) continue;
      hand.waitMs *= 2;
      hand.retryAtMs = tick.startMs + hand.waitMs;
      this.#ask(hand);
    }
  }

  #giveUpThrottled(tick: Tick): void {
    const isOver = ({ visibleAtMs }: Hand): boolean => visibleAtMs <= tick.startMs;
    for (const { receives, messages, oldestMs } of this.#queue.throttled.filter(isOver)) {
      const again = this.#queue.waiting[receives + 1];
      if (again) again.add(oldestMs, messages);
      else this.deadLettered += messages;
    }
    this.#queue.throttled = this.#queue.throttled.filter((hand) => !isOver(hand));
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
    const isBusy = this.#queue.size > 0 && this.#busyPollers >= 0.8 * this.#pollers.most;
    const hasMore = this.#queue.size > this.#pollers.most * this.#batchSize;
    const step = (perMinute * tick.lengthMs) / 60_000;
    if (isBusy || hasMore) this.#grown += step;
    else if (this.#queue.size === 0) this.#grown = Math.max(first, this.#grown - step);
    this.#grown = Math.min(cap, this.#grown);
    this.#pollers.most = Math.floor(this.#grown);
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

  #callerOf(hand: Hand): Caller {
    const take = (batches: number): number => {
      const messages = batches >= hand.batches ? hand.messages : Math.round((hand.messages * batches) / hand.batches);
      hand.batches -= batches;
      hand.messages -= messages;
      return messages;
    };
    const fail = (messages: number, endMs: number): void => {
      if (messages === 0) return;
      if (hand.receives + 1 >= this.#queue.spec.maxReceiveCount) this.deadLettered += messages;
      else this.#hide(messages, endMs + this.#queue.spec.visibilityTimeout, hand.receives + 1);
    };
    return {
      throttled() {},
      postponed: (count) => {
        const messages = take(count);
        this.#queue.waiting[hand.receives]!.putBack(hand.oldestMs, messages);
      },
      invoked: (tick, durationMs, count, failed) => {
        const good = take(count - failed);
        this.#billCalls(good, count - failed);
        fail(take(failed), tick.endMs + durationMs);
        this.#batches.addSpread(tick, durationMs, count, 0, this.#parts.sampler);
        this.#held.addSpread(tick, durationMs, good, 0, this.#parts.sampler);
      },
      invokedAt: (tick, startMs, durationMs, isOk) => {
        const messages = take(1);
        this.#batches.addAt(tick, startMs + durationMs, true);
        if (isOk) this.#billCalls(messages, 1);
        if (isOk) this.#held.addAt(tick, startMs + durationMs, true, messages);
        else fail(messages, startMs + durationMs);
      },
    };
  }

  #hide(count: number, dueMs: number, receives: number): void {
    const dueTickMs = Math.ceil(dueMs / this.#parts.tickMs) * this.#parts.tickMs;
    const same = this.#hidden.find((hidden) => hidden.dueMs === dueTickMs && hidden.receives === receives);
    if (same) same.count += count;
    else this.#hidden.push({ dueMs: dueTickMs, count, receives });
  }
}
