import { LIMITS } from '../aws/limits.ts';
import { isActive } from '../lambda/effects.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import { AdaptingCapacity } from './adapting-capacity.ts';
import { Backlog } from './backlog.ts';
import { type Dependency, throttledCall, wholeOf } from './dependency.ts';
import type { DependencyParts } from './table.ts';

const BYTES_PER_KB = 1_024;
const BYTES_PER_GB = 2 ** 30;
const PUT_UNIT_KB = 25;
const DAY_MS = 86_400_000;

/**
 * A Kinesis data stream. A shard takes 1,000 records or 1 MB a second (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html);
 * on demand the stream begins with four and takes twice its peak after 15 minutes
 * (https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html). Records in = read + waiting + expired.
 */
export class Stream implements Dependency {
  readonly name: string;
  readonly backlog = new Backlog();
  readonly #spec: Scenario['streams'][string];
  readonly #parts: DependencyParts;
  readonly #adapting: AdaptingCapacity;
  #provisionedShards: number;
  #resharding: { readonly dueMs: number; readonly shards: number } | undefined;
  /** When it was resharded within the last day. */
  #reshardedMs: number[] = [];
  #asked = 0;
  #throttledShare = 0;
  accepted = 0;
  rejected = 0;
  expired = 0;
  acceptedInTick = 0;

  constructor(name: string, spec: Scenario['streams'][string], parts: DependencyParts) {
    this.name = name;
    this.#spec = spec;
    this.#parts = parts;
    this.#provisionedShards = spec.shards;
    this.#adapting = new AdaptingCapacity({
      first: LIMITS.onDemandStreamShards,
      most: Number.POSITIVE_INFINITY,
      growth: LIMITS.onDemandGrowth,
      adaptMs: LIMITS.onDemandStreamAdaptMs,
      tickMs: parts.tickMs,
    });
  }

  get isOnDemand(): boolean {
    return this.#spec.mode === 'on-demand';
  }

  get shards(): number {
    return this.isOnDemand ? Math.ceil(this.#adapting.perSecond) : this.#provisionedShards;
  }

  get retentionMs(): number {
    return this.#spec.retention;
  }

  /** Records that a shard takes a second. */
  get #recordsPerShard(): number {
    return Math.min(LIMITS.shardRecordsPerSecond, LIMITS.shardBytesPerSecond / (this.#spec.recordKb * BYTES_PER_KB));
  }

  get failShare(): number {
    return throttledCall(this.#throttledShare, this.#parts.assumptions.sdkAttempts, 0).failShare;
  }

  callMs(records: number): { usual: number; extra: number } {
    const { putCallMs, sdkAttempts, sdkBackoffMs } = this.#parts.assumptions;
    return {
      usual: records > 0 ? putCallMs : 0,
      extra: throttledCall(this.#throttledShare, sdkAttempts, sdkBackoffMs).waitMs,
    };
  }

  ask(count: number, records: number): void {
    this.#asked += count * records;
  }

  hold(): void {}

  /** UpdateShardCount of a provisioned stream: begins to go to that many shards, or says why AWS would not. */
  reshard(shards: number, nowMs: number): string | undefined {
    const factor = shards / this.#provisionedShards;
    this.#reshardedMs = this.#reshardedMs.filter((atMs) => atMs > nowMs - DAY_MS);
    if (this.isOnDemand) return `${this.name} scales on demand`;
    if (this.#resharding) return `${this.name} is still being updated`;
    if (factor > LIMITS.reshardFactor || factor < 1 / LIMITS.reshardFactor)
      return 'shards can at most be doubled or halved at a time';
    if (this.#reshardedMs.length >= LIMITS.reshardsPerDay)
      return `shards can be changed ${LIMITS.reshardsPerDay} times in 24 hours`;
    this.#reshardedMs.push(nowMs);
    this.#resharding = { shards, dueMs: nowMs + this.#parts.assumptions.reshardMs };
    return undefined;
  }

  endTick(tick: Tick): void {
    this.#finishResharding(tick);
    const { faults, meter } = this.#parts;
    const seconds = tick.lengthMs / 1000;
    const injected = faults.find((fault) => fault.kind === 'throttled-dependency' && isActive(fault, tick.startMs));
    const spared = injected?.kind === 'throttled-dependency' ? 1 - injected.pct / 100 : 1;
    const asked = wholeOf(this.#asked);
    this.#asked -= asked;
    const perShard = this.#recordsPerShard;
    const capacity = this.isOnDemand
      ? this.#adapting.take(tick, (asked * spared) / perShard) * perShard
      : Math.min(asked * spared, this.shards * perShard * seconds);
    const accepted = Math.min(asked, Math.floor(capacity + 1e-6));
    this.#throttledShare = asked > 0 ? 1 - accepted / asked : 1 - spared;
    this.accepted += accepted;
    this.acceptedInTick = accepted;
    this.rejected += asked - accepted;
    this.backlog.add(tick.startMs + tick.lengthMs / 2, accepted);
    this.expire(this.backlog, tick);
    const hours = seconds / 3600;
    if (this.isOnDemand) {
      meter.add(this.name, 'streamHours', hours);
      meter.add(this.name, 'streamGbIn', (accepted * Math.ceil(this.#spec.recordKb) * BYTES_PER_KB) / BYTES_PER_GB);
    } else {
      meter.add(this.name, 'shardHours', this.shards * hours);
      meter.add(this.name, 'streamPutUnits', accepted * Math.ceil(this.#spec.recordKb / PUT_UNIT_KB));
    }
  }

  /** Drops what is older than the retention from records of this stream. */
  expire(records: Backlog, tick: Tick): void {
    this.expired += records.takeBefore(tick.endMs - this.#spec.retention);
  }

  #finishResharding(tick: Tick): void {
    if (!this.#resharding || this.#resharding.dueMs > tick.startMs) return;
    this.#provisionedShards = this.#resharding.shards;
    this.#resharding = undefined;
  }

  /** Bills the reading of that many records: on demand only. */
  billRead(records: number): void {
    if (!this.isOnDemand) return;
    this.#parts.meter.add(this.name, 'streamGbOut', (records * this.#spec.recordKb * BYTES_PER_KB) / BYTES_PER_GB);
  }
}
