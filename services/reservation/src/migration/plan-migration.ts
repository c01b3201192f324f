import * as z from 'zod';
import { estimateMigration, type MigrationEstimate } from '../domain/migration/estimate/estimate-migration.ts';
import {
  type MigrationPrices,
  rowsOfBytes,
  shardsFor,
  TYPICAL_RATES,
  TYPICAL_SHAPE,
} from '../domain/migration/estimate/migration-size.ts';
import { type HistoryFormat, historyFormatSchema, parseHistoryFormat } from '../domain/migration/history-format.ts';
import { migrationObjects } from '../domain/migration/migration-objects.ts';
import type { SourceFile } from '../domain/migration/reports.ts';
import type { MigrationFiles } from '../migration-ports.ts';
import { ServiceError } from '../runtime/service-error.ts';

/** What an execution is started with. */
export const orderSchema = z.strictObject({
  migrationId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** Folder of history files in the migration's bucket; `format.json` in it says how they are written. */
  source: z.string().regex(/^history\/[\w./-]{1,200}\/$/),
  /** The table that ImportTable makes. */
  table: z.string().regex(/^[\w.-]{3,255}$/),
  shards: z.number().int().min(1).max(4_096).optional(),
  /** Segments of the live table that are merged at once. */
  segments: z.number().int().min(1).max(64).default(4),
  /** Functions that read, or seal, at once; that load the database at once; files that one reads. They may change from start to start. */
  concurrency: z.number().int().min(1).max(1_000).default(TYPICAL_RATES.concurrency),
  loadConcurrency: z.number().int().min(1).max(100).default(TYPICAL_RATES.loadConcurrency),
  filesPerBatch: z.number().int().min(1).max(100).default(TYPICAL_RATES.filesPerBatch),
});
export type MigrationOrder = z.infer<typeof orderSchema>;

/** What a migration does, decided once: whatever starts it again goes on with it. */
export interface MigrationPlan {
  readonly order: MigrationOrder;
  readonly createdAtMs: number;
  readonly format: HistoryFormat;
  readonly files: number;
  readonly bytes: number;
  readonly shards: number;
  readonly estimate: MigrationEstimate;
}

/** A zipped file is read as a whole by one function. */
const LARGEST_FILE_BYTES = 32 * 1_024 * 1_024;
const FORMAT_FILE = 'format.json';
/** What a warehouse says that it exported: `{ "<file>": rows }`. */
export const CONTROL_FILE = 'control.json';

export interface PlanDeps {
  readonly files: MigrationFiles;
  readonly prices: MigrationPrices;
  readonly now: () => number;
}

/** Plans a migration, or reads its plan where it has one. @throws ServiceError where it cannot be planned, or was planned otherwise */
export async function planMigration(order: MigrationOrder, { files, prices, now }: PlanDeps): Promise<MigrationPlan> {
  const objects = migrationObjects(order.migrationId);
  const known = (await files.readJson(objects.plan)) as MigrationPlan | undefined;
  if (known !== undefined) return assertSame(known, order);
  const format = await readFormat(`${order.source}${FORMAT_FILE}`, files);
  const sources = await listSources(order.source, files);
  const bytes = sources.reduce((sum, file) => sum + file.bytes, 0);
  const rows = rowsOfBytes(bytes);
  const shards = order.shards ?? shardsFor(rows);
  const { concurrency, loadConcurrency, filesPerBatch } = order;
  const size = { ...TYPICAL_SHAPE, rows, files: sources.length, shards };
  const estimate = estimateMigration(size, { ...TYPICAL_RATES, concurrency, loadConcurrency, filesPerBatch }, prices);
  await files.writeJson(objects.files, sources);
  await files.writeJson(
    objects.shards,
    Array.from({ length: shards }, (_, shard) => shard),
  );
  const plan: MigrationPlan = { order, createdAtMs: now(), format, files: sources.length, bytes, shards, estimate };
  const isOurs = await files.writeJsonOnce(objects.plan, plan);
  return isOurs ? plan : assertSame((await files.readJson(objects.plan)) as MigrationPlan, order);
}

/** The plan of a migration that has one. */
export async function readPlan(migrationId: string, files: MigrationFiles): Promise<MigrationPlan> {
  const plan = (await files.readJson(migrationObjects(migrationId).plan)) as MigrationPlan | undefined;
  if (plan === undefined) throw new ServiceError('NO_PLAN', `The migration ${migrationId} has no plan.`);
  return { ...plan, format: historyFormatSchema.parse(plan.format) };
}

function assertSame(plan: MigrationPlan, order: MigrationOrder): MigrationPlan {
  const isSame =
    plan.order.source === order.source &&
    plan.order.table === order.table &&
    (order.shards ?? plan.shards) === plan.shards;
  if (isSame) return plan;
  throw new ServiceError(
    'PLANNED_OTHERWISE',
    `The migration ${order.migrationId} was planned with another source, table or number of shards. Give this one an id of its own.`,
  );
}

async function readFormat(key: string, files: MigrationFiles): Promise<HistoryFormat> {
  const document = await files.readJson(key);
  if (document === undefined) throw new ServiceError('NO_FORMAT', `The history has no ${FORMAT_FILE}.`);
  const parsed = parseHistoryFormat(document);
  if (parsed.kind === 'format') return parsed.format;
  throw new ServiceError(
    'FORMAT_INVALID',
    `The ${FORMAT_FILE} of the history is not valid: ${parsed.problems.join('; ')}`,
  );
}

async function listSources(prefix: string, files: MigrationFiles): Promise<SourceFile[]> {
  const found = (await files.list(prefix)).filter(({ key }) => key.endsWith('.gz'));
  if (found.length === 0) throw new ServiceError('NO_HISTORY', 'The history has no file that ends in .gz.');
  const tooLarge = found.filter(({ bytes }) => bytes > LARGEST_FILE_BYTES).length;
  if (tooLarge > 0)
    throw new ServiceError(
      'FILE_TOO_LARGE',
      `${tooLarge} files have more than ${LARGEST_FILE_BYTES} bytes. Export them in smaller ones.`,
    );
  return found.map(({ key, etag, bytes }, index) => ({ index, key, etag, bytes }));
}
