import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type RequiredPermission, type ServiceContext } from '../../core/service.ts';
import { createKey, type Input, type ItemOperation, type Output, parseInput, runAction, runWrite } from './dynalite.ts';
import type { Item } from './table.ts';
import { onTable, tableArn, tableName } from './table-names.ts';
import type { TableStore } from './table-store.ts';

type WriteOperation = 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** GetItem, PutItem, UpdateItem, DeleteItem, Query, Scan, BatchGetItem and BatchWriteItem. */
export function itemOperations(store: TableStore, context: ServiceContext): Record<string, JsonOperation> {
  const read = (operation: ItemOperation) => async (input: Input) =>
    runAction(operation, parseInput(operation, named(input), store), store);
  return {
    GetItem: { permissions: (input) => keyPermission(store, context, 'GetItem', input), handle: read('GetItem') },
    Query: { permissions: (input) => indexPermission(context, 'Query', input), handle: read('Query') },
    Scan: { permissions: (input) => indexPermission(context, 'Scan', input), handle: read('Scan') },
    BatchGetItem: {
      permissions: (input) => batchPermissions(context, 'BatchGetItem', input),
      handle: read('BatchGetItem'),
    },
    BatchWriteItem: {
      permissions: (input) => batchPermissions(context, 'BatchWriteItem', input),
      handle: read('BatchWriteItem'),
    },
    PutItem: writeOperation(store, context, 'PutItem'),
    UpdateItem: writeOperation(store, context, 'UpdateItem'),
    DeleteItem: writeOperation(store, context, 'DeleteItem'),
  };
}

function writeOperation(store: TableStore, context: ServiceContext, operation: WriteOperation): JsonOperation {
  return {
    permissions: (input) => keyPermission(store, context, operation, input),
    handle: (input: Input) => writeItem(store, operation, input),
  };
}

/**
 * One conditional write. With `ReturnValuesOnConditionCheckFailure: ALL_OLD` a refused write carries the item that refused it,
 * as {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html the API reference} says.
 */
export function writeItem(store: TableStore, operation: WriteOperation, input: Input): Output {
  const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = named(input);
  const parsed = parseInput(operation, rest, store);
  try {
    return runWrite(operation, parsed, store);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'ConditionalCheckFailedException' || returned !== 'ALL_OLD') {
      throw error;
    }
    throw new ApiError(error.code, error.message, error.status, withItem(itemOf(store, parsed)));
  }
}

/** The stored item that a parsed `Key` or `Item` names. */
export function itemOf(store: TableStore, parsed: Input): Item | undefined {
  const table = store.tables.get(String(parsed.TableName));
  if (!table) return undefined;
  return store
    .items(table.description.TableName)
    .get(createKey((parsed.Key ?? parsed.Item) as Item, table.description));
}

function withItem(item: Item | undefined): Record<string, unknown> {
  return item ? { Item: item } : {};
}

/** The input with tables named by name even where they came by ARN. */
function named(input: Input): Input {
  const items = input.RequestItems;
  if (items && typeof items === 'object') {
    const byName = Object.entries(items).map(([table, requests]) => [tableName(table), requests]);
    return { ...input, RequestItems: Object.fromEntries(byName) };
  }
  return typeof input.TableName === 'string' ? { ...input, TableName: tableName(input.TableName) } : input;
}

/** Single-item calls are judged with the item's partition key as `dynamodb:LeadingKeys`. */
function keyPermission(store: TableStore, context: ServiceContext, operation: string, input: Input) {
  const permission = onTable(context, operation, input.TableName);
  const leadingKey = leadingKeyOf(store, input);
  return [leadingKey === undefined ? permission : { ...permission, context: { 'dynamodb:LeadingKeys': leadingKey } }];
}

function leadingKeyOf(store: TableStore, input: Input): string | undefined {
  const schema = store.tables.get(tableName(input.TableName))?.description.KeySchema;
  const attribute = schema?.find((key) => key.KeyType === 'HASH')?.AttributeName;
  const key = (input.Key ?? input.Item) as Item | undefined;
  const value = attribute === undefined ? undefined : key?.[attribute];
  return value === undefined ? undefined : String(Object.values(value)[0]);
}

function indexPermission(context: ServiceContext, operation: string, input: Input): RequiredPermission[] {
  const table = tableArn(context, input.TableName);
  const resource = input.IndexName === undefined ? table : `${table}/index/${input.IndexName}`;
  return [{ action: `dynamodb:${operation}`, resource }];
}

function batchPermissions(context: ServiceContext, operation: string, input: Input): RequiredPermission[] {
  return Object.keys((input.RequestItems as object | undefined) ?? {}).map((table) =>
    onTable(context, operation, table),
  );
}
