import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/time/clock.ts';
import type { KinesisRecord } from './kinesis-peer.ts';
import { sequenceNumber } from './sequence-number.ts';
import { evenRanges, hashKeyOf, Shard } from './shard.ts';

/** Shards of a new on-demand stream: 4 MB/s in (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html). */
const ON_DEMAND_SHARDS = 4;
const HOUR_MS = 3_600_000;

export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

export interface StreamOptions {
  readonly name: string;
  readonly arn: string;
  readonly mode: StreamMode;
  /** Ignored on demand. */
  readonly shardCount: number;
}

/** A data stream, with no throughput limit but those that the fault plan sets. */
export class Stream {
  readonly name: string;
  readonly arn: string;
  /** Tells a stream from a later one of the same name. */
  readonly generation = randomUUID();
  readonly createdAt: number;
  /** All that hold records, in the order of their making; a resharding closes shards and adds others. */
  shards: readonly Shard[];
  /** Changes of mode and shard count, which are limited by the day. */
  readonly changes: { readonly kind: 'shards' | 'mode'; readonly at: number }[] = [];
  readonly tags = new Map<string, string>();
  mode: StreamMode;
  retentionHours = 24;
  maxRecordKiB = 1024;
  kmsKeyId: string | undefined;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #writes = 0;

  constructor({ name, arn, mode, shardCount }: StreamOptions, clock: Clock) {
    const count = mode === 'ON_DEMAND' ? ON_DEMAND_SHARDS : shardCount;
    this.name = name;
    this.arn = arn;
    this.mode = mode;
    this.createdAt = clock.now();
    this.#clock = clock;
    this.shards = evenRanges(count).map(
      (range, index) => new Shard({ index, range, startingSequenceNumber: this.#sequence(index, 0) }),
    );
  }

  /** Appends a record to the shard of its hash key and tells the listeners. */
  put(data: Buffer, partitionKey: string, explicitHashKey?: bigint): { shardId: string; sequenceNumber: string } {
    const hashKey = explicitHashKey ?? hashKeyOf(partitionKey);
    const shard = this.openShards.find((candidate) => hashKey <= candidate.endingHashKey) as Shard;
    this.#writes += 1;
    const record: KinesisRecord = {
      sequenceNumber: this.#sequence(shard.index, this.#writes),
      partitionKey,
      data,
      arrivedAt: this.#clock.now(),
    };
    shard.append(record);
    for (const listener of this.#listeners) listener();
    return { shardId: shard.shardId, sequenceNumber: record.sequenceNumber };
  }

  /** Those that take records, in the order of their hash keys. */
  get openShards(): readonly Shard[] {
    return this.shards.filter(({ endingSequenceNumber }) => endingSequenceNumber === undefined);
  }

  /** Closes every open shard and shares their hash keys out evenly among new ones. */
  reshard(count: number): void {
    const parents = this.openShards;
    this.#writes += 1;
    for (const parent of parents) parent.endingSequenceNumber = this.#sequence(parent.index, this.#writes);
    const first = this.shards.length;
    const children = evenRanges(count).map((range, place) => {
      const index = first + place;
      const startingSequenceNumber = this.#sequence(index, this.#writes);
      const overlapping = parents.filter(
        ({ startingHashKey, endingHashKey }) => startingHashKey <= range.end && endingHashKey >= range.start,
      );
      return new Shard({ index, range, startingSequenceNumber, parents: overlapping });
    });
    this.shards = [...this.shards, ...children];
    for (const listener of this.#listeners) listener();
  }

  /** Shards that took over keys of this one. */
  childrenOf(shard: Shard): readonly Shard[] {
    return this.shards.filter(({ parents }) => parents.includes(shard));
  }

  /** A shard by its id, without the records that are older than the retention. */
  shard(shardId: string): Shard | undefined {
    const shard = this.shards.find((candidate) => candidate.shardId === shardId);
    shard?.trim(this.#clock.now() - this.retentionHours * HOUR_MS);
    return shard;
  }

  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #sequence(shardIndex: number, index: number): string {
    return sequenceNumber({ shardIndex, shardCreatedAtMs: this.createdAt, index, arrivedAtMs: this.#clock.now() });
  }
}
