import { ApiError } from '../../../core/service.ts';
import type { Table } from '../table.ts';
import { tableName } from '../table-names.ts';
import type { TableStore } from '../table-store.ts';

/** The table, or `ResourceNotFoundException`. */
export function existingTable(store: TableStore, nameOrArn: unknown): Table {
  const name = tableName(nameOrArn);
  const table = store.tables.get(name);
  if (table) return table;
  throw new ApiError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

/** Deletes a table and its items; refused while it is protected. */
export function deleteTable(store: TableStore, nameOrArn: unknown): Table {
  const table = existingTable(store, nameOrArn);
  const { TableName, TableArn, DeletionProtectionEnabled } = table.description;
  if (DeletionProtectionEnabled) {
    throw new ApiError(
      'ValidationException',
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. TableArn: ${TableArn}`,
    );
  }
  store.dropItems(table.description);
  store.tables.delete(TableName);
  return table;
}
