import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { KinesisRecord } from '../../core/peers.ts';
import { sequenceNumber } from './sequence-number.ts';
import { hashKeyOf, Shard } from './shard.ts';

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

/** A data stream. Shards keep their number: there is no resharding, and no throughput limit but those that the fault plan sets. */
export class Stream {
  readonly name: string;
  readonly arn: string;
  /** Tells a stream from a later one of the same name. */
  readonly generation = randomUUID();
  readonly createdAt: number;
  readonly shards: readonly Shard[];
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
    this.shards = Array.from({ length: count }, (_, index) => new Shard(index, count, this.#sequence(index, 0)));
  }

  /** Appends a record to the shard of its hash key and tells the listeners. */
  put(data: Buffer, partitionKey: string, explicitHashKey?: bigint): { shardId: string; sequenceNumber: string } {
    const hashKey = explicitHashKey ?? hashKeyOf(partitionKey);
    const shard = this.shards.find((candidate) => hashKey <= candidate.endingHashKey) as Shard;
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
