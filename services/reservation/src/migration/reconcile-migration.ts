import * as z from 'zod';
import { migrationObjects, migrationSubject } from '../domain/migration/migration-objects.ts';
import { againstControl, type ControlTotals, type Reconciliation, reconcile } from '../domain/migration/reconcile.ts';
import type { FileReport, ImportReport, LoadReport, MergeReport, ShardReport } from '../domain/migration/reports.ts';
import type { MigrationFiles } from '../migration-ports.ts';
import type { SubjectKeys } from '../ports.ts';
import { ServiceError } from '../runtime/service-error.ts';
import { gatherReports } from './gather-reports.ts';
import { CONTROL_FILE, type MigrationPlan } from './plan-migration.ts';

export interface ReconcileDeps {
  readonly files: MigrationFiles;
  readonly keys: Pick<SubjectKeys, 'erase'>;
  readonly now: () => number;
}

const controlSchema = z.record(z.string(), z.number().int().min(0));

/** Stops a migration before anything is loaded where a file could not be read, or has not the rows that the warehouse counted. */
export async function checkFiles(
  plan: MigrationPlan,
  { files }: Pick<ReconcileDeps, 'files'>,
): Promise<{ readonly rows: number; readonly accepted: number }> {
  const reports = await gatherReports<FileReport>(files, migrationObjects(plan.order.migrationId).fileReports);
  const control = await readControl(plan, files);
  const unreadable = reports.flatMap(({ file, unreadable: code }) =>
    code === undefined ? [] : [`${file.key} is ${code}`],
  );
  const uncounted =
    control === undefined
      ? []
      : againstControl(
          control,
          reports.map(({ file, rows }) => ({ key: file.key, rows })),
        );
  const problems = [...unreadable, ...uncounted];
  if (problems.length > 0)
    throw new ServiceError('SOURCES_INCOMPLETE', `Nothing was loaded. ${problems.slice(0, 10).join('; ')}`);
  const total = (of: (report: FileReport) => number): number => reports.reduce((sum, report) => sum + of(report), 0);
  return { rows: total(({ rows }) => rows), accepted: total(({ accepted }) => accepted) };
}

/** Writes the report of a migration. Where it is balanced, the key of its sections is erased: what they hold is in the stores. */
export async function reconcileMigration(
  plan: MigrationPlan,
  { files, keys, now }: ReconcileDeps,
): Promise<Reconciliation> {
  const { migrationId } = plan.order;
  const objects = migrationObjects(migrationId);
  const report = reconcile({
    migrationId,
    files: plan.files,
    shards: plan.shards,
    fileReports: await gatherReports<FileReport>(files, objects.fileReports),
    shardReports: await gatherReports<ShardReport>(files, objects.shardReports),
    loadReports: await gatherReports<LoadReport>(files, objects.loadReports),
    mergeReports: await gatherReports<MergeReport>(files, objects.mergeReports),
    importReport: (await files.readJson(objects.import)) as ImportReport | undefined,
    control: await readControl(plan, files),
  });
  await files.writeJson(objects.report, report);
  if (report.isBalanced) await keys.erase(migrationSubject(migrationId), now());
  return report;
}

async function readControl({ order }: MigrationPlan, files: MigrationFiles): Promise<ControlTotals | undefined> {
  const document = await files.readJson(`${order.source}${CONTROL_FILE}`);
  if (document === undefined) return undefined;
  const parsed = controlSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new ServiceError('CONTROL_INVALID', `The ${CONTROL_FILE} of the history is no list of files and their rows.`);
}
