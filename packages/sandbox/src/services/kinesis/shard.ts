import { createHash } from 'node:crypto';
import type { KinesisRecord } from './kinesis-peer.ts';

/** Partition keys hash into [0, 2^128). */
const HASH_SPACE = 1n << 128n;

/** Hash keys of a shard, both ends included. */
export interface HashRange {
  readonly start: bigint;
  readonly end: bigint;
}

export interface ShardOptions {
  readonly index: number;
  readonly range: HashRange;
  readonly startingSequenceNumber: string;
  readonly parents?: readonly Shard[];
}

/** The hash space in equal parts. */
export function evenRanges(count: number): readonly HashRange[] {
  const width = HASH_SPACE / BigInt(count);
  return Array.from({ length: count }, (_, place) => ({
    start: width * BigInt(place),
    end: place === count - 1 ? HASH_SPACE - 1n : width * BigInt(place + 1) - 1n,
  }));
}

/** The part of a stream that keeps the order of its records. A record's ordinal counts from the shard's first record ever. */
export class Shard {
  readonly index: number;
  readonly shardId: string;
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
  readonly startingSequenceNumber: string;
  /** Shards of before a resharding whose keys this one has. */
  readonly parents: readonly Shard[];
  /** Where a resharding closed it: it takes no records any more. */
  endingSequenceNumber: string | undefined;
  readonly #records: KinesisRecord[] = [];
  #trimmed = 0;

  constructor({ index, range, startingSequenceNumber, parents = [] }: ShardOptions) {
    this.index = index;
    this.shardId = `shardId-${String(index).padStart(12, '0')}`;
    this.startingHashKey = range.start;
    this.endingHashKey = range.end;
    this.startingSequenceNumber = startingSequenceNumber;
    this.parents = parents;
  }

  /** Ordinal that the next record will get. */
  get end(): number {
    return this.#trimmed + this.#records.length;
  }

  append(record: KinesisRecord): void {
    this.#records.push(record);
  }

  /** Forgets what arrived before `cutoffMs`. */
  trim(cutoffMs: number): void {
    let expired = 0;
    while ((this.#records[expired]?.arrivedAt ?? Number.POSITIVE_INFINITY) < cutoffMs) expired += 1;
    this.#records.splice(0, expired);
    this.#trimmed += expired;
  }

  /** At most `limit` records from `ordinal` on, and the ordinal after the last of them. */
  read(ordinal: number, limit: number): { records: readonly KinesisRecord[]; next: number } {
    const from = Math.max(0, ordinal - this.#trimmed);
    const records = this.#records.slice(from, from + limit);
    return { records, next: this.#trimmed + Math.min(from + records.length, this.#records.length) };
  }

  at(ordinal: number): KinesisRecord | undefined {
    return this.#records[ordinal - this.#trimmed];
  }

  /** Ordinal of the first record whose sequence number is at least, or (`after`) greater than the given one. */
  ordinalOfSequence(sequence: string, after: boolean): number {
    return this.#firstWhere(({ sequenceNumber }) => (after ? sequenceNumber > sequence : sequenceNumber >= sequence));
  }

  /** Ordinal of the first record that arrived at `timestampMs` or later. */
  ordinalOfTime(timestampMs: number): number {
    return this.#firstWhere((record) => record.arrivedAt >= timestampMs);
  }

  /** Binary search: records stand in the order of both their sequence numbers and their arrival. */
  #firstWhere(isReached: (record: KinesisRecord) => boolean): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isReached(this.#records[middle] as KinesisRecord)) high = middle;
      else low = middle + 1;
    }
    return this.#trimmed + low;
  }
}

/** Hash key of a partition key: its MD5 as an unsigned 128-bit number. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
}

/** Highest hash key plus one. */
export const HASH_KEY_LIMIT = HASH_SPACE;
