import { digestOf } from '../messages/version-stamp.ts';

/** The shard that all versions of a reservation meet in: even over any kind of numbering, the same on every machine. */
export function shardOf(confirmation: string, shards: number): number {
  return Number.parseInt(digestOf(confirmation).slice(8), 16) % shards;
}
