import { gunzipSync } from 'node:zlib';
import { migrationObjects } from '../domain/migration/migration-objects.ts';
import type { LoadReport } from '../domain/migration/reports.ts';
import type { MigrationFiles } from '../migration-ports.ts';
import type { ItineraryReport, StoredItinerary } from '../ports.ts';

export interface LoadShardDeps {
  readonly files: MigrationFiles;
  readonly report: Pick<ItineraryReport, 'upsert'>;
  /** How many of these confirmations the database has. */
  readonly countPresent: (confirmations: readonly string[]) => Promise<number>;
  /** An item as `SealShardDeps.itemJson` wrote it. */
  readonly readItem: (json: string) => StoredItinerary;
}

/** Rows that are sent, and then counted, together. */
const ROWS_AT_ONCE = 500;

/** Loads what a shard's import file has into the relational database: newer revisions win, so a repetition changes nothing. */
export async function loadShard(shard: number, migrationId: string, deps: LoadShardDeps): Promise<LoadReport> {
  const objects = migrationObjects(migrationId);
  const known = (await deps.files.readJson(objects.loadReport(shard))) as LoadReport | undefined;
  if (known !== undefined) return known;
  const text = gunzipSync(await deps.files.get(objects.itemsOf(shard))).toString('utf8');
  const rows = text
    .split('\n')
    .filter((line) => line !== '')
    .map(deps.readItem);
  let present = 0;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const batch = rows.slice(from, from + ROWS_AT_ONCE);
    await deps.report.upsert(batch);
    present += await deps.countPresent(batch.map(({ itinerary }) => itinerary.confirmation));
  }
  const report: LoadReport = { shard, sent: rows.length, present };
  await deps.files.writeJson(objects.loadReport(shard), report);
  return report;
}
