import { migrationObjects } from '../domain/migration/migration-objects.ts';
import type { ImportReport } from '../domain/migration/reports.ts';
import type { MigrationFiles, TableImport } from '../migration-ports.ts';
import type { MigrationOrder } from './plan-migration.ts';

/** How far the import is; begun where it was not. A repetition asks for the same import. */
export async function importTable(
  { migrationId, table }: Pick<MigrationOrder, 'migrationId' | 'table'>,
  { files, tableImport }: { readonly files: MigrationFiles; readonly tableImport: TableImport },
): Promise<ImportReport> {
  const objects = migrationObjects(migrationId);
  const known = (await files.readJson(objects.import)) as ImportReport | undefined;
  if (known !== undefined && known.status !== 'IN_PROGRESS') return known;
  const importArn = known?.importArn ?? (await tableImport.begin({ table, prefix: objects.items, token: migrationId }));
  const report = await tableImport.read(importArn);
  await files.writeJson(objects.import, report);
  return report;
}
