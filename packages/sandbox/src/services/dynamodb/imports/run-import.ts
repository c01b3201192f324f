import { setImmediate } from 'node:timers/promises';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { writeItem } from '../item-operations.ts';
import type { Table } from '../table.ts';
import type { TableStore } from '../table-store.ts';
import { IMPORT_LOG_GROUP, type TableImport } from './import-book.ts';
import { type ImportedLine, type ImportFormat, readItems } from './read-items.ts';

/** Lets others go on after so many items. */
const ITEMS_PER_TURN = 500;
/** AWS logs the first ten thousand errors. */
const MOST_LOGGED_ERRORS = 10_000;

export interface ImportSource {
  readonly bucket: string;
  readonly prefix: string;
}

interface ImportWork {
  readonly store: TableStore;
  readonly context: ServiceContext;
  readonly table: Table;
  readonly running: TableImport;
}

/** Fills the table from every object under the prefix. A line that cannot be imported is counted, logged and left out. */
export async function runImport(
  work: ImportWork,
  { bucket, prefix, ...how }: ImportSource & ImportFormat,
): Promise<void> {
  const { context, table, running } = work;
  try {
    const objects = await context.peers.s3.list(bucket, prefix);
    if (objects.length === 0) throw new ApiError('S3NoSuchKey', `No objects found under s3://${bucket}/${prefix}.`);
    for (const { key } of objects) await importObject(work, { bucket, key, how });
    running.status = 'COMPLETED';
  } catch (error) {
    const code = error instanceof ApiError ? error.code : 'ItemValidationError';
    running.status = 'FAILED';
    running.failure = { code, message: error instanceof Error ? error.message : String(error) };
  }
  running.endedAt = context.clock.now();
  table.description = { ...table.description, TableStatus: 'ACTIVE' };
}

async function importObject(
  { store, context, table, running }: ImportWork,
  { bucket, key, how }: { readonly bucket: string; readonly key: string; readonly how: ImportFormat },
): Promise<void> {
  const body = await context.peers.s3.get(bucket, key);
  const stream = running.importArn.split('/').at(-1) ?? '';
  running.processedBytes += body.length;
  for (const line of readItems(body, how, table.description)) {
    running.processedItems += 1;
    const problem = importLine(store, table, line);
    if (problem === undefined) running.importedItems += 1;
    else if (running.errors++ < MOST_LOGGED_ERRORS) {
      const pointer = { itemS3Pointer: { bucket, key }, importArn: running.importArn };
      const message = JSON.stringify({ ...pointer, errorMessages: [problem] });
      await context.peers.logs.write(IMPORT_LOG_GROUP, stream, [{ timestamp: context.clock.now(), message }]);
    }
    if (running.processedItems % ITEMS_PER_TURN === 0) await setImmediate();
  }
}

/** Why the line was not imported, or nothing. */
function importLine(store: TableStore, { description }: Table, line: ImportedLine): string | undefined {
  if ('problem' in line) return line.problem;
  try {
    writeItem(store, 'PutItem', { TableName: description.TableName, Item: line.item });
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
