import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { newPredictionState } from '@lamplighter/prediction';
import type { FunctionMinutes } from '../domain/account-minutes.ts';
import type { Subject } from '../domain/subject.ts';
import type { PredictionPort, StoredPrediction } from '../ports.ts';
import { accountPartition, MINUTES, stateKey } from './prediction-keys.ts';
import { rowsOf } from './prediction-rows.ts';

/** A state is kept so long after the last window. */
const KEEP_SECONDS = 400 * 86_400;

/** Predictions, gzipped, and what others read of them, in one table; both change in one transaction. */
export function dynamoDbPredictions(client: DynamoDBClient, tableName: string): PredictionPort {
  return {
    async read(subject) {
      const Key = marshall(stateKey(subject));
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
      if (Item === undefined) return { version: 0 };
      const { version, prediction } = unmarshall(Item) as { version: number; prediction: Uint8Array };
      return { version, stored: unpacked(prediction) };
    },
    async write(subject, stored, { version, rows, now }) {
      const state = putState(tableName, subject, stored, { version, now });
      const TransactItems = [state, ...rowsOf(subject, rows, now).map((Item) => put(tableName, Item))];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
        return 'written';
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
        functions.push(...Items.map((item) => unzipped(unmarshall(item).minutes)));
      return functions;
    },
  };
}

function putState(
  tableName: string,
  subject: Subject,
  stored: StoredPrediction,
  { version, now }: { version: number; now: number },
): TransactWriteItem {
  const Item = {
    ...stateKey(subject),
    version: version + 1,
    prediction: gzipSync(JSON.stringify(stored)),
    expiresAt: Math.floor(now / 1000) + KEEP_SECONDS,
  };
  const condition =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': { N: String(version) } },
        };
  return { Put: { TableName: tableName, Item: marshall(Item), ...condition } };
}

const put = (TableName: string, item: Record<string, unknown>): TransactWriteItem => ({
  Put: { TableName, Item: marshall(item, { removeUndefinedValues: true }) },
});

const unzipped = (bytes: Uint8Array) => JSON.parse(gunzipSync(bytes).toString());

/** A state of another version cannot be continued: the subject is learnt anew; what is untold stays. */
function unpacked(bytes: Uint8Array): StoredPrediction {
  const stored = unzipped(bytes) as StoredPrediction;
  return stored.state.version === newPredictionState().version ? stored : { ...stored, state: newPredictionState() };
}

function isConflict(error: unknown): boolean {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}
