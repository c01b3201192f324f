import * as z from 'zod';
import { migrationObjects } from '../../domain/migration/migration-objects.ts';
import type { RowFates } from '../../domain/migration/reports.ts';
import { readPlan } from '../../migration/plan-migration.ts';
import { type SealShardDeps, sealShard } from '../../migration/seal-shard.ts';
import type { SectionCipher } from '../../migration-ports.ts';
import type { VaultDeps } from '../../vault/seal-itinerary.ts';

const eventSchema = z.object({ migrationId: z.string(), shard: z.number().int() });

export interface SealShardsDeps extends Omit<SealShardDeps, 'cipher' | 'vault'> {
  readonly cipherOf: (migrationId: string) => Promise<SectionCipher>;
  /** A vault whose keys come in batches, under a key of its own for this work. */
  readonly vaultOf: (batch: string) => Promise<VaultDeps>;
}

/** Makes one shard's import file. A shard that is done asks for no key. */
export async function sealShards(event: unknown, deps: SealShardsDeps): Promise<RowFates> {
  const { migrationId, shard } = eventSchema.parse(event);
  const { files, createdAtMs } = await readPlan(migrationId, deps.files);
  const known = (await deps.files.readJson(migrationObjects(migrationId).shardReport(shard))) as
    | { fates: RowFates }
    | undefined;
  if (known !== undefined) return known.fates;
  const [cipher, vault] = await Promise.all([deps.cipherOf(migrationId), deps.vaultOf(`${migrationId}/${shard}`)]);
  const { fates } = await sealShard(shard, { migrationId, files, createdAtMs }, { ...deps, cipher, vault });
  return fates;
}
