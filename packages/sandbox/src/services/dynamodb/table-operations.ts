import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import { type Input, itemSize, type Output, parseInput } from './dynalite.ts';
import type { StreamBook } from './streams/stream-book.ts';
import type { SecondaryIndex, Table, TableDescription } from './table.ts';
import { onTable, tableArn, tableName } from './table-names.ts';
import type { TableStore } from './table-store.ts';
import { billing, throughputChange } from './table-throughput.ts';

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
      handle: (input: Input) => ({ Table: describe(store, existingTable(store, input.TableName)) }),
    },
    UpdateTable: {
      permissions: on('UpdateTable'),
      handle: (input: Input) => ({ TableDescription: describe(store, updateTable(store, context, streams, input)) }),
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

/** The table, or `ResourceNotFoundException`. */
export function existingTable(store: TableStore, nameOrArn: unknown): Table {
  const name = tableName(nameOrArn);
  const table = store.tables.get(name);
  if (table) return table;
  throw new ApiError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

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
function createStreamed(store: TableStore, context: ServiceContext, streams: StreamBook, input: Input): Table {
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

/** Gives a table the settings of another template; its name, keys and indexes must be those that it has. */
export function reviseTable(store: TableStore, context: ServiceContext, table: Table, input: Input): void {
  const revised = describeNew(store, context, input);
  const { TableId, CreationDateTime } = table.description;
  const changed = FIXED.filter((name) => !isDeepStrictEqual(plain(revised[name]), plain(table.description[name])));
  if (changed.length > 0) {
    throw new Error(`The sandbox cannot change ${changed.join(', ')} of the table ${table.description.TableName}.`);
  }
  const { StreamSpecification, LatestStreamArn, LatestStreamLabel } = table.description;
  const stream = LatestStreamArn ? { StreamSpecification, LatestStreamArn, LatestStreamLabel } : {};
  table.description = { ...revised, ...stream, TableId, CreationDateTime };
  table.tags.clear();
  for (const [key, value] of tagsIn(input)) table.tags.set(key, value);
}

/** What cannot be changed without building the table anew. */
const FIXED = ['TableName', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

/** Without prototypes: dynalite's parser makes objects of both kinds. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function describeNew(store: TableStore, context: ServiceContext, input: Input): TableDescription {
  const { Tags: _tags, SSESpecification, DeletionProtectionEnabled, TableClass, ...settled } = input;
  const { OnDemandThroughput, WarmThroughput, ...rest } = settled;
  const schema = parseInput('CreateTable', rest, store);
  const createdAt = context.clock.now() / 1000;
  const { BillingMode, ProvisionedThroughput, ...described } = schema;
  const billed = billing(BillingMode === 'PAY_PER_REQUEST', ProvisionedThroughput, createdAt);
  return {
    ...described,
    ...indexDescriptions(context, schema),
    ...billed,
    ...throughputChange(billed as unknown as TableDescription, { OnDemandThroughput, WarmThroughput }, createdAt),
    ...encryption(context, SSESpecification),
    ...(TableClass === undefined ? {} : { TableClassSummary: { TableClass } }),
    DeletionProtectionEnabled: isTrue(DeletionProtectionEnabled),
    TableArn: tableArn(context, schema.TableName),
    TableId: randomUUID(),
    TableStatus: 'ACTIVE',
    CreationDateTime: createdAt,
  } as unknown as TableDescription;
}

function tagsIn(input: Input): Map<string, string> {
  const tags = (input.Tags as { Key: string; Value: string }[] | undefined) ?? [];
  return new Map(tags.map((tag) => [tag.Key, tag.Value]));
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

function updateTable(store: TableStore, context: ServiceContext, streams: StreamBook, input: Input): Table {
  const { TableName, DeletionProtectionEnabled, SSESpecification, StreamSpecification, ...others } = input;
  const {
    BillingMode: _mode,
    ProvisionedThroughput: _provisioned,
    OnDemandThroughput: _maximum,
    WarmThroughput: _warmth,
    ...unknown
  } = others;
  const names = Object.keys(unknown);
  if (names.length > 0) {
    throw new ApiError('ValidationException', `The sandbox does not emulate UpdateTable ${names.join(', ')}.`);
  }
  const table = existingTable(store, TableName);
  table.description = {
    ...table.description,
    ...throughputChange(table.description, input, context.clock.now() / 1000),
    ...(DeletionProtectionEnabled === undefined
      ? {}
      : { DeletionProtectionEnabled: isTrue(DeletionProtectionEnabled) }),
    ...encryption(context, SSESpecification),
  };
  if (StreamSpecification !== undefined) changeStream(streams, table, StreamSpecification);
  return table;
}

/** The API turns a stream on or off; what it already is, it refuses. */
function changeStream(streams: StreamBook, table: Table, specification: unknown): void {
  const { StreamEnabled } = specification as { readonly StreamEnabled?: unknown };
  const { TableName, LatestStreamArn } = table.description;
  if (streams.hasStream(TableName) === isTrue(StreamEnabled)) {
    throw new ApiError(
      'ValidationException',
      LatestStreamArn
        ? `Table already has an enabled stream: TableName: ${TableName}`
        : 'Table has no stream to disable',
    );
  }
  streams.specify(table, specification);
}

function listTables(store: TableStore, input: Input): Output {
  const limit = Number(input.Limit ?? 100);
  const after = String(input.ExclusiveStartTableName ?? '');
  const names = [...store.tables.keys()].sort().filter((name) => name > after);
  const page = names.slice(0, limit);
  return { TableNames: page, ...(names.length > limit ? { LastEvaluatedTableName: page.at(-1) } : {}) };
}

function describe(store: TableStore, table: Table): TableDescription {
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

function indexDescriptions(context: ServiceContext, schema: Output): Output {
  const arn = tableArn(context, schema.TableName);
  const described: Output = {};
  for (const kind of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']) {
    const indexes = schema[kind] as SecondaryIndex[] | undefined;
    if (!indexes) continue;
    const status = kind === 'GlobalSecondaryIndexes' ? { IndexStatus: 'ACTIVE' } : {};
    described[kind] = indexes.map((index) => ({ ...index, ...status, IndexArn: `${arn}/index/${index.IndexName}` }));
  }
  return described;
}

/** `SSEEnabled` is CloudFormation's name, `Enabled` the API's; false means the key that AWS owns, which has no description. */
function encryption(context: ServiceContext, specification: unknown): Output {
  const sse = specification as { SSEEnabled?: unknown; Enabled?: unknown; KMSMasterKeyId?: string } | undefined;
  if (!sse || !isTrue(sse.SSEEnabled ?? sse.Enabled)) return {};
  const key = sse.KMSMasterKeyId ?? 'alias/aws/dynamodb';
  const arn = key.startsWith('arn:')
    ? key
    : `arn:aws:kms:${context.region}:${context.accountId}:${key.includes('/') ? key : `key/${key}`}`;
  return { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: arn } };
}

/** CloudFormation gives booleans as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
