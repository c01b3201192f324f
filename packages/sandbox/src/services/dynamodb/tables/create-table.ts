import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Input } from '../dynalite.ts';
import type { StreamBook } from '../streams/stream-book.ts';
import type { Table } from '../table.ts';
import type { TableStore } from '../table-store.ts';
import { deleteTable } from './existing-table.ts';
import { describeNew, tagsIn } from './new-description.ts';

/** Creates a table from the input of `CreateTable`, whose shape CloudFormation's properties share. */
export function createTable(store: TableStore, context: ServiceContext, input: Input): Table {
  const description = describeNew(store, context, input);
  const name = description.TableName;
  if (store.tables.has(name)) throw new ApiError('ResourceInUseException', `Table already exists: ${name}`);
  const table: Table = { description, tags: tagsIn(input) };
  store.tables.set(name, table);
  return table;
}

/** CreateTable with its stream: refused streams leave no table. */
export function createStreamed(store: TableStore, context: ServiceContext, streams: StreamBook, input: Input): Table {
  const { StreamSpecification, ...rest } = input;
  const table = createTable(store, context, rest);
  try {
    streams.specify(table, StreamSpecification);
  } catch (error) {
    deleteTable(store, table.description.TableName);
    throw error;
  }
  return table;
}
