import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import type { ServiceContext } from '../../../core/service.ts';
import type { Input, Output } from '../dynalite.ts';
import type { StreamBook } from '../streams/stream-book.ts';
import { onTable } from '../table-names.ts';
import type { TableStore } from '../table-store.ts';
import { createStreamed } from './create-table.ts';
import { describeTable } from './describe-table.ts';
import { deleteTable, existingTable } from './existing-table.ts';
import { updateTable } from './update-table.ts';

/** CreateTable, DescribeTable, UpdateTable, DeleteTable and ListTables. A table is active as soon as its creation is answered. */
export function tableOperations(
  store: TableStore,
  context: ServiceContext,
  streams: StreamBook,
): Record<string, JsonOperation> {
  const on = (operation: string) => (input: Input) => [onTable(context, operation, input.TableName)];
  return {
    CreateTable: {
      permissions: on('CreateTable'),
      handle: (input: Input) => ({
        TableDescription: { ...createStreamed(store, context, streams, input).description, TableStatus: 'CREATING' },
      }),
    },
    DescribeTable: {
      permissions: on('DescribeTable'),
      handle: (input: Input) => ({ Table: describeTable(store, existingTable(store, input.TableName)) }),
    },
    UpdateTable: {
      permissions: on('UpdateTable'),
      handle: (input: Input) => ({
        TableDescription: describeTable(store, updateTable(store, context, streams, input)),
      }),
    },
    DeleteTable: {
      permissions: on('DeleteTable'),
      handle: (input: Input) => {
        const { description } = deleteTable(store, input.TableName);
        streams.close(description.TableName);
        return { TableDescription: { ...description, TableStatus: 'DELETING' } };
      },
    },
    ListTables: {
      permissions: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
      handle: (input: Input) => listTables(store, input),
    },
  };
}

function listTables(store: TableStore, input: Input): Output {
  const limit = Number(input.Limit ?? 100);
  const after = String(input.ExclusiveStartTableName ?? '');
  const names = [...store.tables.keys()].sort().filter((name) => name > after);
  const page = names.slice(0, limit);
  return { TableNames: page, ...(names.length > limit ? { LastEvaluatedTableName: page.at(-1) } : {}) };
}
