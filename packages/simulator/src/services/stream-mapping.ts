import type { Caller } from '../lambda/caller.ts';
import { Departures } from '../lambda/departures.ts';
import { Slots } from '../lambda/slots.ts';
import type { Tick } from '../tick.ts';
import { Backlog } from './backlog.ts';
import { DemandedRecords } from './demanded-records.ts';
import type { MappingParts } from './mapping-parts.ts';
import { Poison } from './poison.ts';
import { pollShards } from './shard-polls.ts';
import type { Stream } from './stream.ts';

const DEFAULT_BATCH = 100;

/**
 * A Kinesis stream's event source mapping (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html): polls each shard once a second, hands
 * on batches when one is full or its window ends, at most `parallelization` at once for a shard, and tries a failing batch again before
 * anything behind it. A record that nobody can process holds its shard's share of the stream until retries or retention end; what it holds expires
 * as the rest does. Records accepted = processed + given up + waiting + in a batch + expired.
 */
export class StreamMapping implements Caller {
  parallelization: number;
  maximumRetries: number;
  isPaused = false;
  processed = 0;
  givenUp = 0;
  readonly #stream: Stream;
  readonly #parts: MappingParts;
  readonly #batchSize: number;
  readonly #batches: Departures;
  readonly #pollers = new Slots(0);
  readonly #blocked = new Backlog();
  readonly #poison: Poison;
  readonly #demanded = new DemandedRecords();
  #recordsPerBatch = 0;
  /** Records in batches that are under way, by when these end. */
  readonly #held: Departures;
  #oldestMs = 0;
  /** Share of batches that failed lately: how likely all retries of one fail. */
  #recentFailShare = 0;

  constructor(stream: Stream, parts: MappingParts) {
    this.#stream = stream;
    this.#batchSize = parts.spec.batchSize ?? DEFAULT_BATCH;
    this.#poison = new Poison(parts.faults, { batchSize: this.#batchSize, bisects: parts.spec.bisectOnError });
    this.#parts = parts;
    this.parallelization = parts.spec.parallelization;
    this.maximumRetries = parts.spec.maximumRetries;
    this.#batches = new Departures(parts.tickMs);
    this.#held = new Departures(parts.tickMs);
  }

  get source(): string {
    return this.#stream.name;
  }

  get inBatches(): number {
    return this.#held.inFlight;
  }

  get waiting(): number {
    return this.#stream.backlog.size + this.#blocked.size;
  }

  /** Age of the oldest record that is not processed, as the metric IteratorAge. */
  iteratorAgeMs(nowMs: number): number {
    const oldest = Math.min(this.#stream.backlog.oldestMs ?? nowMs, this.#blocked.oldestMs ?? nowMs);
    return Math.max(0, nowMs - oldest);
  }

  poll(tick: Tick): void {
    this.#handlePoison(tick);
    if (this.isPaused) return;
    const { spec, sampler } = this.#parts;
    const [free, waiting] = [this.#freeBatches(tick), this.#stream.backlog.size];
    const ripe = pollShards(
      {
        ...{ waiting, free, shards: this.#stream.shards },
        ...{ batchSize: this.#batchSize, windowMs: spec.window, tickMs: tick.lengthMs },
      },
      sampler,
    );
    const { batches } = ripe;
    if (batches === 0) return;
    this.#oldestMs = this.#stream.backlog.oldestMs ?? tick.startMs;
    const records = this.#stream.backlog.take(Math.min(ripe.records, batches * this.#batchSize));
    this.#recordsPerBatch = records / batches;
    this.#stream.billRead(records);
    // While records wait, a batch begins as soon as the one before it has ended.
    const timesMs = this.#stream.backlog.size > 0 ? { timesMs: Array<number>(batches).fill(tick.startMs) } : {};
    const demand = { caller: this, pollers: this.#pollers, extraCpuMs: this.#extraCpuMs() };
    this.#parts.target.demand({ ...demand, ...timesMs, count: batches });
    this.#demanded.demand(batches, records);
  }

  throttled(_tick: Tick, count: number): void {
    this.postponed(count);
  }

  postponed(count: number): void {
    this.#stream.backlog.putBack(this.#oldestMs, this.#demanded.take(count));
  }

  invoked(tick: Tick, durationMs: number, count: number, failed: number): void {
    const { sampler } = this.#parts;
    const good = this.#demanded.take(count - failed);
    this.#fail(this.#demanded.take(failed), count > 0 ? failed / count : 0);
    this.#batches.addSpread(tick, durationMs, count, 0, sampler);
    this.#held.addSpread(tick, durationMs, good, 0, sampler);
  }

  invokedAt(tick: Tick, startMs: number, durationMs: number, isOk: boolean): void {
    const records = this.#demanded.take(1);
    this.#recentFailShare += 0.1 * ((isOk ? 0 : 1) - this.#recentFailShare);
    this.#batches.addAt(tick, startMs + durationMs, true);
    if (!isOk) this.#fail(records, this.#recentFailShare);
    else this.#held.addAt(tick, startMs + durationMs, true, records);
  }

  endTick(tick: Tick): void {
    this.#batches.drain(tick);
    this.processed += this.#held.drain(tick).ok;
    this.#stream.expire(this.#blocked, tick);
  }

  /** Moves the blocked shards' share of what the stream accepted in this tick out of the way. */
  divert(tick: Tick): void {
    const share = Math.min(1, this.#poison.blockedShards / Math.max(1, this.#stream.shards));
    if (share === 0) return;
    const records = Math.min(this.#stream.backlog.size, this.#parts.sampler.round(this.#stream.acceptedInTick * share));
    this.#blocked.add(tick.startMs + tick.lengthMs / 2, this.#stream.backlog.takeNewest(records));
  }

  #extraCpuMs(): number {
    return this.#parts.spec.perRecordMs * this.#recordsPerBatch;
  }

  /** Batches that can begin in the tick: those that end in it make room. */
  #freeBatches(tick: Tick): number {
    const { target, tickMs, sampler } = this.#parts;
    const most = Math.max(0, this.#stream.shards - this.#poison.blockedShards) * this.parallelization;
    this.#pollers.most = most;
    const batchSize = this.#batchSize;
    const likely = Math.min(batchSize, Math.max(1, this.#stream.backlog.size / Math.max(1, most)));
    const meanMs = target.model.meanDurationMs(this.#parts.spec.perRecordMs * likely);
    const staying = this.#batches.inFlight - this.#batches.leaving(tick);
    return sampler.round(Math.max(0, most - staying) * Math.max(1, tickMs / meanMs));
  }

  /** A failed batch is tried again; once its retries are used up its records go to the failure destination. */
  #fail(records: number, share: number): void {
    if (records <= 0) return;
    const lost = this.maximumRetries < 0 ? 0 : this.#parts.sampler.round(records * share ** this.maximumRetries);
    this.givenUp += Math.min(records, lost);
    this.#stream.backlog.putBack(this.#oldestMs, records - Math.min(records, lost));
  }

  /** Records that nobody can process hold their shards; when one is given up, what it held goes on. */
  #handlePoison(tick: Tick): void {
    const { spec, target, sampler, assumptions } = this.#parts;
    const roundMs = target.model.meanDurationMs(spec.perRecordMs * this.#batchSize) + assumptions.batchRetryMs;
    this.#poison.arrive(tick, this.#poison.rounds(this.maximumRetries) * roundMs, this.#stream.retentionMs);
    if (this.#poison.blockedShards === 0) return;
    const givenUp = this.#poison.release(tick);
    this.givenUp += this.#blocked.take(givenUp * (spec.bisectOnError ? 1 : this.#batchSize));
    const { blockedShards } = this.#poison;
    if (blockedShards === 0) this.#stream.backlog.merge(this.#blocked);
    else if (!this.isPaused) this.#retryPoison(sampler.round((blockedShards * tick.lengthMs) / roundMs));
  }

  #retryPoison(count: number): void {
    const nobody: Caller = { throttled() {}, invoked() {}, invokedAt() {} };
    this.#parts.target.demand({ caller: nobody, count, alwaysFails: true, extraCpuMs: this.#extraCpuMs() });
  }

  /** Retries that are set while a shard is blocked hold for what is blocked, too: the attempts so far count. */
  setMaximumRetries(retries: number, nowMs: number): void {
    this.maximumRetries = retries;
    if (retries < 0) return;
    this.#poison.giveUpBy(nowMs + this.#parts.assumptions.batchRetryMs);
  }
}
