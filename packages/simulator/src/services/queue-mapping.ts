import type { Caller } from '../lambda/caller.ts';
import { Departures } from '../lambda/departures.ts';
import type { Tick } from '../tick.ts';
import { HiddenMessages } from './hidden-messages.ts';
import type { MappingParts } from './mapping-parts.ts';
import type { Hand, Queue } from './queue.ts';
import { billCalls, billEmptyPolls } from './queue-bill.ts';
import { QueuePoison } from './queue-poison.ts';
import { QueuePollers } from './queue-pollers.ts';

const DEFAULT_BATCH = 10;

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
  readonly #hidden: HiddenMessages;
  readonly #pollers = new QueuePollers();
  readonly #poison: QueuePoison;

  constructor(queue: Queue, parts: MappingParts) {
    this.#queue = queue;
    this.#parts = parts;
    this.maximumConcurrency = parts.spec.maximumConcurrency;
    this.#batches = new Departures(parts.tickMs);
    this.#held = new Departures(parts.tickMs);
    this.#hidden = new HiddenMessages(parts.tickMs);
    this.#poison = new QueuePoison(queue, parts);
  }

  get source(): string {
    return this.#queue.name;
  }

  get inBatches(): number {
    return this.#held.inFlight;
  }

  get hidden(): number {
    return this.#queue.throttled.reduce((sum, { messages }) => sum + messages, this.#hidden.size);
  }

  get #busyPollers(): number {
    return this.#queue.throttled.reduce((sum, { batches }) => sum + batches, this.#batches.inFlight);
  }

  poll(tick: Tick): void {
    for (const { count, receives } of this.#hidden.takeDue(tick.startMs))
      this.#queue.waiting[receives]!.add(tick.startMs, count);
    this.#giveUpThrottled(tick);
    this.#scalePollers(tick);
    if (this.isPaused) return;
    this.deadLettered += this.#poison.receive(tick);
    billEmptyPolls(this.#queue, tick);
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
    return sampler.round(Math.max(0, this.#pollers.count - staying) * turns);
  }

  /** Batches of so many messages that are handed on in the tick: full ones, and those whose window is over. */
  #ripe(tick: Tick, waiting: number): number {
    const { spec, sampler } = this.#parts;
    if (spec.window === 0) return waiting;
    return Math.floor(waiting / this.#batchSize) + sampler.round((this.#pollers.count * tick.lengthMs) / spec.window);
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
    billCalls(this.#queue, hand.messages, batches);
    this.#queue.throttled.push(hand);
    // While messages wait, a batch begins as soon as the one before it has ended.
    this.#ask(hand, waiting.size > 0 ? tick.startMs : undefined);
    return batches;
  }

  /** Whoever is not taken in this tick stays in the hand: it was throttled. */
  #ask(hand: Hand, atMs?: number): void {
    const { spec, target } = this.#parts;
    const { batches: count } = hand;
    const extraCpuMs = (spec.perRecordMs * hand.messages) / count;
    const timesMs = atMs === undefined ? {} : { timesMs: Array<number>(count).fill(atMs) };
    target.demand({ caller: this.#callerOf(hand), pollers: this.#pollers.slots, count, extraCpuMs, ...timesMs });
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

  #scalePollers(tick: Tick): void {
    this.#pollers.scale(tick, {
      waiting: this.#queue.size,
      busy: this.#busyPollers,
      batchSize: this.#batchSize,
      maximum: this.maximumConcurrency,
    });
  }

  /** Messages that no attempt can process and that are not in the dead-letter queue yet. */
  get poisonous(): number {
    return this.#poison.count;
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
      else this.#hidden.hide(messages, endMs + this.#queue.spec.visibilityTimeout, hand.receives + 1);
    };
    return {
      throttled() {},
      postponed: (count) => {
        const messages = take(count);
        this.#queue.waiting[hand.receives]!.putBack(hand.oldestMs, messages);
      },
      invoked: (tick, durationMs, count, failed) => {
        const good = take(count - failed);
        billCalls(this.#queue, good, count - failed);
        fail(take(failed), tick.endMs + durationMs);
        this.#batches.addSpread(tick, durationMs, count, 0, this.#parts.sampler);
        this.#held.addSpread(tick, durationMs, good, 0, this.#parts.sampler);
      },
      invokedAt: (tick, startMs, durationMs, isOk) => {
        const messages = take(1);
        this.#batches.addAt(tick, startMs + durationMs, true);
        if (isOk) billCalls(this.#queue, messages, 1);
        if (isOk) this.#held.addAt(tick, startMs + durationMs, true, messages);
        else fail(messages, startMs + durationMs);
      },
    };
  }
}
