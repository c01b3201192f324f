import { gunzipSync } from 'node:zlib';
import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { BreachPredicted, type WatchedResource } from '@lamplighter/contracts';
import type { BreachEvent, CapacityView, ForecastView } from '../domain/forecast-view.ts';
import type { AccountIdentity } from '../domain/subject.ts';
import type { ForecastPort } from '../ports.ts';
import { ACCOUNTS, accountPartition, BREACH, CAPACITY_VIEW, VIEW } from './prediction-keys.ts';

const BREACHES_A_PAGE = 200;
/** However many were withdrawn since: what still stands was told by the newest two thousand, or is not ahead any more. */
const MOST_PAGES = 10;

const isFunction = ({ type, name }: WatchedResource, functionName: string): boolean =>
  type === 'lambda-function' && name === functionName;

/** What is foreseen, as it was stored with the predictions. */
export function dynamoDbForecasts(client: DynamoDBClient, tableName: string): ForecastPort {
  const query = (pk: string, sk?: string) => ({
    TableName: tableName,
    KeyConditionExpression: sk === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }, { removeUndefinedValues: true }),
  });
  async function all<Item>(pk: string, sk?: string): Promise<Item[]> {
    const items: Item[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query(pk, sk)))
      items.push(...Items.map((item) => unmarshall(item) as Item));
    return items;
  }
  async function views<View>(account: AccountIdentity, sk: string): Promise<View[]> {
    const items = await all<{ view: Uint8Array }>(accountPartition(account), sk);
    return items.map(({ view }) => JSON.parse(gunzipSync(view).toString()) as View);
  }
  return {
    accounts: async () =>
      (await all<AccountIdentity>(ACCOUNTS)).map(({ accountId, region }) => ({ accountId, region })),
    views: (account) => views<ForecastView>(account, VIEW),
    capacities: async (account) => (await views<CapacityView>(account, CAPACITY_VIEW)).filter(({ isGone }) => !isGone),
    async breaches(account, { limit, changes, functionName }) {
      const isWanted = ({ change, resource }: BreachEvent): boolean =>
        (changes?.includes(change) ?? true) && (functionName === undefined || isFunction(resource, functionName));
      const asked = { ...query(accountPartition(account), BREACH), ScanIndexForward: false };
      const found: BreachEvent[] = [];
      let pages = 0;
      for await (const { Items = [] } of paginateQuery({ client, pageSize: BREACHES_A_PAGE }, asked)) {
        found.push(...Items.map((item) => BreachPredicted.schema.parse(unmarshall(item).breach)).filter(isWanted));
        if (found.length >= limit || ++pages === MOST_PAGES) break;
      }
      return found.slice(0, limit);
    },
  };
}
