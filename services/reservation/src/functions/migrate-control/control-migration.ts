import * as z from 'zod';
import { migrationObjects } from '../../domain/migration/migration-objects.ts';
import type { ImportReport } from '../../domain/migration/reports.ts';
import { importTable } from '../../migration/import-table.ts';
import { orderSchema, type PlanDeps, planMigration, readPlan } from '../../migration/plan-migration.ts';
import { checkFiles, type ReconcileDeps, reconcileMigration } from '../../migration/reconcile-migration.ts';
import type { TableImport } from '../../migration-ports.ts';
import { ServiceError } from '../../runtime/service-error.ts';

const eventSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('plan'), order: orderSchema }),
  z.object({ step: z.enum(['check', 'import', 'reconcile']), migrationId: z.string() }),
]);

export type ControlDeps = PlanDeps & ReconcileDeps & { readonly tableImport: TableImport };

/** Steps of a migration that are not spread: its plan, the check of its sources, the import of its table, its report. */
export async function controlMigration(event: unknown, deps: ControlDeps): Promise<Readonly<Record<string, unknown>>> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success)
    throw new ServiceError(
      'ORDER_INVALID',
      `The order has no valid ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}.`,
    );
  if (parsed.data.step === 'plan') return begin(parsed.data.order, deps);
  const plan = await readPlan(parsed.data.migrationId, deps.files);
  if (parsed.data.step === 'check') return checkFiles(plan, deps);
  if (parsed.data.step === 'import') return assertImported(await importTable(plan.order, deps));
  const { isBalanced, discrepancies, total } = await reconcileMigration(plan, deps);
  return { isBalanced, discrepancies: discrepancies.slice(0, 10), total };
}

/** What the states need of the plan. */
async function begin(order: z.infer<typeof orderSchema>, deps: PlanDeps) {
  const plan = await planMigration(order, deps);
  const { migrationId, segments, concurrency, loadConcurrency, filesPerBatch } = order;
  const objects = migrationObjects(migrationId);
  return {
    migrationId,
    filesKey: objects.files,
    shardsKey: objects.shards,
    resultsPrefix: objects.mapResults,
    segments: Array.from({ length: segments }, (_, segment) => ({ segment, segments, seen: 0, written: 0 })),
    concurrency,
    loadConcurrency,
    filesPerBatch,
    estimate: { hours: plan.estimate.hours, usd: plan.estimate.usd },
  };
}

function assertImported(report: ImportReport) {
  if (report.status === 'COMPLETED' || report.status === 'IN_PROGRESS') return { ...report };
  throw new ServiceError(
    'IMPORT_FAILED',
    `ImportTable ended as ${report.status}. Delete the table ${report.table}, and start anew under another id.`,
  );
}
