import { DescribeTableCommand, DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Sandbox } from '../../../../packages/sandbox/src/index.ts';
import { itemBytes, type WireItem } from './item-size.ts';

/** One item that was written, or refused, which is paid as well. */
export interface MeteredWrite {
  /** The table's name without its stage: `ledger`. */
  readonly table: string;
  readonly partition: string;
  readonly sort: string;
  /** Write units of 1 KB, those of the table's indexes with them. */
  readonly units: number;
}

/** An item or a range that was read. */
export interface MeteredRead {
  readonly partition: string;
  /** Read units of 4 KB, half of them where it may be a moment old. */
  readonly units: number;
}

export interface Metered {
  readonly writes: readonly MeteredWrite[];
  readonly reads: readonly MeteredRead[];
}

interface Request {
  readonly TableName: string;
  readonly Item?: WireItem;
  readonly Key?: WireItem;
  readonly ExpressionAttributeValues?: WireItem;
}

/** A request to write one item, and how many times its units it costs. */
interface WriteRequest {
  readonly request: Request;
  readonly factor: number;
}

/** Notes what is written to and read from DynamoDB over the wire, until the result is asked for. */
export function meterTables(sandbox: Sandbox): () => Promise<Metered> {
  const writes: WriteRequest[] = [];
  const reads: Promise<MeteredRead>[] = [];
  const client = sandbox.client(DynamoDBClient);
  const watch = sandbox.faults.inject({
    service: 'dynamodb',
    caller: ({ roleArn }, { operation, input }) => {
      // Not those of the meter, who is the account's administrator.
      if (roleArn === undefined) return false;
      writes.push(...writesOf(operation, input));
      if (operation === 'GetItem' || operation === 'Query')
        reads.push(meteredRead(client, operation, input as Request));
      return false;
    },
    effect: { kind: 'throttle' },
  });
  return async () => {
    watch.lift();
    return { writes: await pricedWrites(client, writes), reads: await Promise.all(reads) };
  };
}

/** A transaction costs twice: it prepares and commits. Source: DynamoDB Developer Guide, "Amazon DynamoDB Transactions". */
function writesOf(operation: string, input: unknown): WriteRequest[] {
  if (operation === 'BatchWriteItem') throw new Error('batches are not metered: Lamplighter writes none');
  if (operation === 'TransactWriteItems') {
    const { TransactItems } = input as { readonly TransactItems: readonly Readonly<Record<string, Request>>[] };
    return TransactItems.flatMap((action) => Object.values(action).map((request) => ({ request, factor: 2 })));
  }
  const isWrite = operation === 'PutItem' || operation === 'UpdateItem' || operation === 'DeleteItem';
  return isWrite ? [{ request: input as Request, factor: 1 }] : [];
}

async function pricedWrites(client: DynamoDBClient, requests: readonly WriteRequest[]): Promise<MeteredWrite[]> {
  const indexes = new Map<string, readonly string[]>();
  const grown = new Map<string, number>();
  const writes: MeteredWrite[] = [];
  for (const { request, factor } of requests) {
    const { TableName, Item, Key = {} } = request;
    if (!indexes.has(TableName)) indexes.set(TableName, await indexKeysOf(client, TableName));
    const item = Item ?? (await itemNow(client, request));
    const bytes = Item ? itemBytes(Item) : Math.min(itemBytes(item), bytesUntilThen(grown, request));
    const copies = 1 + indexes.get(TableName)!.filter((attribute) => attribute in item).length;
    const { pk, sk } = Item ?? Key;
    const table = TableName.slice(TableName.lastIndexOf('-') + 1);
    const units = factor * copies * Math.ceil(bytes / 1024);
    writes.push({ table, partition: String(pk?.S), sort: String(sk?.S), units });
  }
  return writes;
}

/** What updates have put into an item by then: no more than that is in it. */
function bytesUntilThen(
  grown: Map<string, number>,
  { TableName, Key = {}, ExpressionAttributeValues = {} }: Request,
): number {
  const name = `${TableName}/${JSON.stringify(Key)}`;
  const bytes = (grown.get(name) ?? itemBytes(Key)) + itemBytes(ExpressionAttributeValues);
  grown.set(name, bytes);
  return bytes;
}

/** What an update or a deletion was about, as large as it is by now. */
async function itemNow(client: DynamoDBClient, { TableName, Key }: Request): Promise<WireItem> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: Key as never }));
  return (Item ?? Key) as unknown as WireItem;
}

/** The partition key of each index: an item without it is not in there. */
async function indexKeysOf(client: DynamoDBClient, TableName: string): Promise<readonly string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ KeySchema = [] }) => KeySchema[0]?.AttributeName ?? '');
}

/** The read is made once more, beside the one that is metered: what it sees is the same but for a write in the same instant. */
async function meteredRead(
  client: DynamoDBClient,
  operation: 'GetItem' | 'Query',
  request: Request,
): Promise<MeteredRead> {
  const input = { ...request, ReturnConsumedCapacity: 'TOTAL' } as never;
  const command = operation === 'Query' ? new QueryCommand(input) : new GetItemCommand(input);
  const { ConsumedCapacity } = await client.send(command as GetItemCommand);
  return { partition: String(request.Key?.pk?.S), units: ConsumedCapacity?.CapacityUnits ?? 0 };
}
