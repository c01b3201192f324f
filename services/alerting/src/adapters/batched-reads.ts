import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

export interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

type Row = Record<string, unknown>;
type Keys = Record<string, AttributeValue>[];

/** Keys that one call of BatchGetItem takes. */
const MOST_KEYS = 100;

/**
 * Consistent reads of rows by key. Those that are asked for in one turn of the event loop go in one call: a batch of ten events in five groups costs two
 * calls instead of ten. Undefined where there is no such row.
 */
export function batchedReads(
  client: Pick<DynamoDBClient, 'send'>,
  tableName: string,
): (key: RowKey) => Promise<Row | undefined> {
  let asked: Map<string, RowKey> | undefined;
  let answered: Promise<ReadonlyMap<string, Row>>;
  const readAll = async (keys: ReadonlyMap<string, RowKey>) => {
    await nextTurn();
    asked = undefined;
    return rowsOf(client, tableName, [...keys.values()]);
  };
  return async (key) => {
    if (asked === undefined) {
      asked = new Map();
      answered = readAll(asked);
    }
    asked.set(nameOf(key), key);
    return (await answered).get(nameOf(key));
  };
}

async function rowsOf(client: Pick<DynamoDBClient, 'send'>, tableName: string, keys: readonly RowKey[]) {
  const rows = new Map<string, Row>();
  let left: Keys = keys.map(({ pk, sk }) => marshall({ pk, sk }));
  while (left.length > 0) {
    const RequestItems = { [tableName]: { Keys: left.slice(0, MOST_KEYS), ConsistentRead: true } };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems }));
    for (const item of answer.Responses?.[tableName] ?? []) {
      const row = unmarshall(item);
      rows.set(nameOf(row as unknown as RowKey), row);
    }
    left = [...(answer.UnprocessedKeys?.[tableName]?.Keys ?? []), ...left.slice(MOST_KEYS)];
  }
  return rows;
}

const nameOf = ({ pk, sk }: RowKey): string => `${pk}\n${sk}`;
