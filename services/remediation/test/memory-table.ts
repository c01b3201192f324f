import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

type Item = Record<string, AttributeValue>;

/** A write, as far as its condition is concerned. */
interface Conditional {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

/** A table in memory: what is got, put, deleted, asked by partition and written in transactions, under conditions. It refuses what it does not know. */
export function memoryTable(refuse?: TransactionCanceledException) {
  const rows = new Map<string, Item>();
  const rowOf = (key: Item | undefined) => JSON.stringify([key?.pk?.S, key?.sk?.S]);
  const holds = (key: Item | undefined, conditional: Conditional): boolean =>
    isMet(conditional, rows.get(rowOf(key)) ?? {});
  const transact = (items: NonNullable<TransactWriteItemsCommand['input']['TransactItems']>) => {
    if (refuse !== undefined) throw refuse;
    const isHeld = items.map(({ Put, Delete, ...other }) => {
      if (Object.keys(other).length > 0) throw new Error('a transaction here puts and deletes');
      return (!Put || holds(Put.Item, Put)) && (!Delete || holds(Delete.Key, Delete));
    });
    if (isHeld.includes(false)) {
      const CancellationReasons = isHeld.map((held) => ({ Code: held ? 'None' : 'ConditionalCheckFailed' }));
      throw new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons });
    }
    for (const { Put, Delete } of items) {
      if (Put) rows.set(rowOf(Put.Item), Put.Item!);
      if (Delete) rows.delete(rowOf(Delete.Key));
    }
    return {};
  };
  const send = async (command: unknown) => {
    if (command instanceof GetItemCommand) return { Item: rows.get(rowOf(command.input.Key)) };
    if (command instanceof TransactWriteItemsCommand) return transact(command.input.TransactItems!);
    if (command instanceof PutItemCommand) {
      const { input } = command;
      if (!holds(input.Item, input)) throw new ConditionalCheckFailedException({ message: '', $metadata: {} });
      rows.set(rowOf(input.Item), input.Item!);
      return {};
    }
    if (!(command instanceof QueryCommand) || command.input.KeyConditionExpression !== 'pk = :pk')
      throw new Error(`nobody should send ${String((command as object).constructor.name)}`);
    const pk = command.input.ExpressionAttributeValues?.[':pk']?.S;
    const Items = [...rows.values()].filter((row) => row.pk?.S === pk);
    return { Items: Items.sort((a, b) => (a.sk!.S! < b.sk!.S! ? -1 : 1)) };
  };
  return {
    client: Object.assign(new DynamoDBClient({ region: 'us-east-1' }), { send }) as DynamoDBClient,
    rows: () => [...rows.values()].map((row) => unmarshall(row)),
    put: (item: Item) => void rows.set(rowOf(item), item),
  };
}

function isMet(
  { ConditionExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Conditional,
  row: Item,
): boolean {
  if (ConditionExpression === undefined) return true;
  return ConditionExpression.split(' OR ').some((term) => {
    const missing = /^attribute_not_exists\((\S+)\)$/.exec(term)?.[1];
    const attribute = (name: string) => row[ExpressionAttributeNames[name] ?? name];
    if (missing !== undefined) return attribute(missing) === undefined;
    const [, name, value] = /^(\S+) = (:\S+)$/.exec(term) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no such condition is known here: ${term}`);
    return JSON.stringify(attribute(name)) === JSON.stringify(ExpressionAttributeValues[value]);
  });
}
