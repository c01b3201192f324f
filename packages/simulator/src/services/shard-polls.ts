import { LIMITS } from '../aws/limits.ts';
import type { Sampler } from '../random/sampler.ts';

/** A stream's shards before their mapping polls them in a tick. */
interface Polled {
  /** Records that wait, of all shards together. */
  readonly waiting: number;
  /** Batches that can begin. */
  readonly free: number;
  readonly shards: number;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly tickMs: number;
}

/** How many batches come together in a tick, and of how many records: each shard is polled once a second, or once in a window; what fills batches does not wait for that. */
export function pollShards(
  { waiting, free, shards: most, batchSize, windowMs, tickMs }: Polled,
  sampler: Sampler,
): { readonly records: number; readonly batches: number } {
  if (waiting === 0 || free === 0) return { records: waiting, batches: 0 };
  const shards = Math.max(1, most);
  const perPollMs = Math.max(1000 / LIMITS.pollsPerSecond, windowMs);
  const polls = sampler.round(Math.max(shards * (tickMs / perPollMs), 0));
  const polled = Math.min(waiting, sampler.round((waiting * Math.min(polls, shards)) / shards));
  const touched = sampler.round(polls * (1 - Math.exp(-polled / Math.max(1, polls))));
  const full = Math.floor(waiting / (batchSize * shards)) * shards;
  const records = Math.max(polled, full * batchSize);
  const batches = Math.min(free, Math.max(touched, Math.ceil(records / batchSize), records > 0 ? 1 : 0));
  return { records: Math.max(records, Math.min(batches, waiting)), batches: Math.min(batches, records) };
}
