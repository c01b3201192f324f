import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Itinerary } from '../domain/messages/itinerary.ts';
import { foldVersions, type HistoryRow } from '../domain/migration/fold-versions.ts';
import { migrationObjects } from '../domain/migration/migration-objects.ts';
import type { ShardReport } from '../domain/migration/reports.ts';
import type { MigrationFiles, SectionCipher } from '../migration-ports.ts';
import type { StoredItinerary } from '../ports.ts';
import { sealItinerary, type VaultDeps } from '../vault/seal-itinerary.ts';
import { readSection } from './sections.ts';

export interface SealShardDeps {
  readonly files: MigrationFiles;
  readonly cipher: SectionCipher;
  /** Seals itineraries; its keys come in batches. */
  readonly vault: VaultDeps;
  /** An item as the table has it, as DynamoDB JSON. */
  readonly itemJson: (stored: StoredItinerary) => string;
}

export interface SealOf {
  readonly migrationId: string;
  /** Number of the plan's files. */
  readonly files: number;
  /** When the plan was made: what items say of their last write, so that they are the same whenever they are made. */
  readonly createdAtMs: number;
}

const READ_AT_ONCE = 32;
/** Itineraries whose keys are asked for together. */
const SEALED_AT_ONCE = 256;
const FIRST_REVISION = 1;

/** Makes a shard's import file of all files' rows: newest versions win, guests' fields are sealed. Its report is written last. */
export async function sealShard(shard: number, of: SealOf, deps: SealShardDeps): Promise<ShardReport> {
  const objects = migrationObjects(of.migrationId);
  const known = (await deps.files.readJson(objects.shardReport(shard))) as ShardReport | undefined;
  if (known !== undefined) return known;
  const { itineraries, ...folded } = foldVersions(await readRows(shard, of, deps));
  const hash = createHash('sha256');
  const lines: string[] = [];
  for (let from = 0; from < itineraries.length; from += SEALED_AT_ONCE) {
    const batch = itineraries.slice(from, from + SEALED_AT_ONCE);
    for (const itinerary of batch) hash.update(contentOf(itinerary));
    lines.push(...(await Promise.all(batch.map((itinerary) => sealed(itinerary, of, deps)))));
  }
  const body = lines.join('');
  await deps.files.put(objects.itemsOf(shard), gzipSync(body));
  const report: ShardReport = { shard, ...folded, contentHash: hash.digest('hex'), itemBytes: Buffer.byteLength(body) };
  await deps.files.writeJson(objects.shardReport(shard), report);
  return report;
}

async function readRows(shard: number, { migrationId, files }: SealOf, deps: SealShardDeps): Promise<HistoryRow[]> {
  const { sections } = migrationObjects(migrationId);
  const rows: HistoryRow[] = [];
  for (let from = 0; from < files; from += READ_AT_ONCE) {
    const indexes = Array.from({ length: Math.min(READ_AT_ONCE, files - from) }, (_, offset) => from + offset);
    const read = await Promise.all(
      indexes.map((file) => readSection(deps.files, sections(file), { migrationId, file, shard, cipher: deps.cipher })),
    );
    read.forEach((messages, offset) => {
      for (const message of messages) rows.push({ file: from + offset, message });
    });
  }
  return rows;
}

async function sealed(
  itinerary: Itinerary,
  { createdAtMs }: SealOf,
  { vault, itemJson }: SealShardDeps,
): Promise<string> {
  const { sealed: document, lookups } = await sealItinerary(itinerary, vault);
  return `${itemJson({ itinerary: document, lookups, revision: FIRST_REVISION, updatedAtMs: createdAtMs })}\n`;
}

function contentOf({ confirmation, version }: Itinerary): string {
  return `${confirmation}\n${version.changedAtMs} ${version.sequence} ${version.rank} ${version.digest}\n`;
}
