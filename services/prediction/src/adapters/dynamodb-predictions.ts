import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  type Put,
  PutItemCommand,
  paginateQuery,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { FunctionMinutes } from '../domain/account-minutes.ts';
import type { PredictionPort } from '../ports.ts';
import { itemsToWrite, joined, liveIn, type Row, unzipped } from './prediction-items.ts';
import { accountPartition, historyKey, liveKey, MINUTES, stateKey } from './prediction-keys.ts';
import { rowsOf } from './prediction-rows.ts';

/** Readers that meet a writer between their reads read anew. */
const MAX_READS = 3;

/**
 * Predictions in three parts by how often they change, since writes are paid by the kilobyte: each minute's (live) is written by itself; the snapshot every five
 * minutes, and the history every hour, in one transaction with it and with what others read.
 */
export function dynamoDbPredictions(client: DynamoDBClient, tableName: string): PredictionPort {
  async function get(key: Record<string, string>): Promise<Row | undefined> {
    const Key = marshall(key);
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && unmarshall(Item);
  }
  return {
    async read(subject) {
      for (let reads = 1; ; reads++) {
        // In this order: no snapshot is older than a live part that was read before it.
        const live = liveIn(await get(liveKey(subject)));
        const snapshot = await get(stateKey(subject));
        const isMatch = live === undefined || live.basis === snapshot?.version;
        if (!isMatch && reads < MAX_READS) continue;
        // Somebody may write in between: who then writes over these versions is refused.
        return joined({ live, snapshot, history: snapshot && (await get(historyKey(subject))) });
      }
    },
    async glance(subject) {
      const part = liveIn(await get(liveKey(subject)))?.part;
      return part && { isTold: part.untold.length === 0, ...(part.newest !== undefined && { newest: part.newest }) };
    },
    async write(subject, known, next, { rows, now }) {
      const { items, after } = itemsToWrite(subject, known, next, { rows: rowsOf(subject, rows, now), now });
      const puts = items.map(({ item, over }) => ({
        TableName: tableName,
        Item: marshall(item, { removeUndefinedValues: true }),
        ...(over !== undefined && unlessChanged(over)),
      }));
      try {
        // A transaction costs twice.
        if (puts.length === 1) await client.send(new PutItemCommand(puts[0]!));
        else await client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
        return after;
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
    async minutesOf(account) {
      const functions: FunctionMinutes[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: marshall({ ':pk': accountPartition(account), ':sk': MINUTES }),
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages)
        functions.push(...Items.map((item) => unzipped<FunctionMinutes>(unmarshall(item).minutes)));
      return functions;
    },
  };
}

/** Rows of earlier releases have no version, and may be written over. */
const unlessChanged = (version: number): Partial<Put> => ({
  ExpressionAttributeNames: { '#version': 'version' },
  ...(version === 0
    ? { ConditionExpression: 'attribute_not_exists(#version)' }
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeValues: { ':version': { N: String(version) } },
      }),
});

function isConflict(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (error instanceof Error && error.name === 'TransactionConflictException') return true;
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}
