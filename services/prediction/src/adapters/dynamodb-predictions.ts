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
import { type LoadState, newPredictionState } from '@lamplighter/prediction';
import type { FunctionMinutes } from '../domain/account-minutes.ts';
import type { PredictionPort, StoredPrediction } from '../ports.ts';
import { accountPartition, historyKey, MINUTES, stateKey } from './prediction-keys.ts';
import { rowsOf } from './prediction-rows.ts';

/** A state is kept so long after the last window. */
const KEEP_SECONDS = 400 * 86_400;

/** Predictions, gzipped, and what others read of them, in one table; both change in one transaction. */
export function dynamoDbPredictions(client: DynamoDBClient, tableName: string): PredictionPort {
  async function get(key: Record<string, string>): Promise<Record<string, unknown> | undefined> {
    const Key = marshall(key);
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && unmarshall(Item);
  }
  return {
    async read(subject) {
      const state = await get(stateKey(subject));
      if (state === undefined) return { version: 0 };
      // Somebody may write in between: who then writes with this version is refused.
      const history = await get(historyKey(subject));
      return { version: state.version as number, stored: joined(unzipped(state.prediction), history) };
    },
    async write(subject, stored, { version, rows, isSettledAnew, now }) {
      const { recent, history } = parted(stored);
      const expiresAt = Math.floor(now / 1000) + KEEP_SECONDS;
      const items = rowsOf(subject, rows, now);
      if (isSettledAnew) items.push({ ...historyKey(subject), history: gzipSync(JSON.stringify(history)), expiresAt });
      const state = putState(tableName, { ...stateKey(subject), prediction: recent, expiresAt }, version);
      try {
        const TransactItems = [state, ...items.map((Item) => put(tableName, Item))];
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

function putState(tableName: string, item: Record<string, unknown>, version: number): TransactWriteItem {
  const condition =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': { N: String(version) } },
        };
  return { Put: { TableName: tableName, Item: marshall({ ...item, version: version + 1 }), ...condition } };
}

const put = (TableName: string, item: Record<string, unknown>): TransactWriteItem => ({
  Put: { TableName, Item: marshall(item, { removeUndefinedValues: true }) },
});

const unzipped = (bytes: unknown) => JSON.parse(gunzipSync(bytes as Uint8Array).toString());

type Settled = Pick<LoadState, 'fives' | 'hours' | 'surges'>;

/** What changes every minute, and what changes every hour: writes are paid by the kilobyte. */
function parted(stored: StoredPrediction): { recent: Uint8Array; history: Settled } {
  const { fives, hours, surges, ...load } = stored.state.load;
  const recent = { ...stored, state: { ...stored.state, load } };
  return { recent: gzipSync(JSON.stringify(recent)), history: { fives, hours, surges } };
}

/** A state of another version cannot be continued: the subject is learnt anew; what is untold stays. */
function joined(recent: StoredPrediction, history: Record<string, unknown> | undefined): StoredPrediction {
  const fresh = newPredictionState();
  if (recent.state.version !== fresh.version || history === undefined) return { ...recent, state: fresh };
  const settled = unzipped(history.history) as Settled;
  return { ...recent, state: { ...recent.state, load: { ...recent.state.load, ...settled } } };
}

function isConflict(error: unknown): boolean {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}
