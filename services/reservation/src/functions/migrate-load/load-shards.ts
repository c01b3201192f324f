import * as z from 'zod';
import type { LoadReport } from '../../domain/migration/reports.ts';
import { type LoadShardDeps, loadShard } from '../../migration/load-shard.ts';

const eventSchema = z.object({ migrationId: z.string(), shard: z.number().int() });

/** Loads one shard into the relational itinerary. */
export function loadShards(event: unknown, deps: LoadShardDeps): Promise<LoadReport> {
  const { migrationId, shard } = eventSchema.parse(event);
  return loadShard(shard, migrationId, deps);
}
