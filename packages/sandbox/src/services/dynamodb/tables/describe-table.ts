import { itemSize } from '../dynalite.ts';
import type { SecondaryIndex, Table, TableDescription } from '../table.ts';
import type { TableStore } from '../table-store.ts';

/** A table with what it and its indexes hold now. */
export function describeTable(store: TableStore, table: Table): TableDescription {
  const { TableName, GlobalSecondaryIndexes, LocalSecondaryIndexes } = table.description;
  const counted = (indexes: readonly SecondaryIndex[] | undefined) =>
    indexes?.map((index) => ({ ...index, ...sizes(store.indexEntries(TableName, index.IndexName).values(), 'Index') }));
  return {
    ...table.description,
    ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: counted(GlobalSecondaryIndexes) ?? [] } : {}),
    ...(LocalSecondaryIndexes ? { LocalSecondaryIndexes: counted(LocalSecondaryIndexes) ?? [] } : {}),
    ...sizes(store.items(TableName).values(), 'Table'),
  };
}

function sizes(items: readonly Parameters<typeof itemSize>[0][], of: 'Table' | 'Index') {
  return { ItemCount: items.length, [`${of}SizeBytes`]: items.reduce((sum, item) => sum + itemSize(item), 0) };
}
